//! What the operators of one callback render to, token by token. The text around the tokens is the affair of `condition` and `update`.

use super::attribute_path::{AttributePath, describe, refuse_operand};
use super::placeholder::{Placeholders, Scope};
use crate::call::{Argument, Clause, Given, Operator, Path, Token};
use crate::error::{Error, Kind, Result};
use crate::request::Source;
use crate::schema::{Attribute, AttributeKind, Schema};
use crate::value::Value;

/// Where an item's value comes from: as it is, or shaped where it is or contains a set or a map with declared properties.
#[must_use]
pub fn item_source(attribute: &Attribute, given: Given<'_>) -> Source {
    if is_shaped(attribute) { Source::Shaped(given.number, attribute.node) } else { Source::Value(given.number) }
}

fn is_shaped(attribute: &Attribute) -> bool {
    match &attribute.kind {
        AttributeKind::Set(_) => true,
        AttributeKind::Map(properties) => !properties.is_empty(),
        AttributeKind::List(items) => is_shaped(items),
        _ => false,
    }
}

/// What one token stands for.
#[derive(Clone, Debug)]
pub(super) struct Rendered {
    /// Its text.
    pub text: String,
    /// What it may be used as.
    pub role: Role,
}

/// What a token may be used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A path, which may be an operand of anything.
    Path,
    /// A value, which may be an operand of anything.
    Value,
    /// A function's answer, which may be compared or, in updates, stored.
    Function,
    /// A condition, which is no operand.
    Condition,
}

/// Renders the tokens of a clause.
pub(super) struct Operands<'s, 'p> {
    schema: &'s Schema,
    placeholders: &'p mut Placeholders,
    scope: Scope,
    tokens: Vec<Option<Rendered>>,
}

impl<'s, 'p> Operands<'s, 'p> {
    /// Renders the tokens that the clause's text uses, in the order in which they were made. What it does not use gets no placeholder,
    /// since DynamoDB refuses placeholders that no expression uses.
    pub fn render(
        schema: &'s Schema,
        placeholders: &'p mut Placeholders,
        scope: Scope,
        clause: &Clause<'_>,
    ) -> Result<Vec<Option<Rendered>>> {
        let used = used_tokens(clause);
        let mut operands = Self { schema, placeholders, scope, tokens: Vec::with_capacity(clause.tokens.len()) };
        for (token, used) in clause.tokens.iter().zip(used) {
            let rendered = if used { Some(operands.token(token)?) } else { None };
            operands.tokens.push(rendered);
        }
        Ok(operands.tokens)
    }

    fn token(&mut self, token: &Token<'_>) -> Result<Rendered> {
        let operator = token.operator;
        let stores = matches!(operator, Operator::Name | Operator::Value | Operator::IfNotExists);
        if self.scope == Scope::Update && !stores {
            return Err(invalid(format!("`{}` is no operation of a `data` callback", name_of(operator))));
        }
        if self.scope != Scope::Update && operator == Operator::IfNotExists {
            return Err(invalid("`ifNotExists` is no operator of a `where` callback"));
        }
        self.check_count(token)?;
        if operator == Operator::Escape {
            return self.escape(token.arguments.first());
        }
        let Some(Argument::Path(path)) = token.arguments.first() else { return self.no_path(token) };
        let path = self.resolve(operator, path)?;
        // ElectroDB looks at the operands that are there: `between(a, undefined, 1)` has a lower one.
        let operands: Vec<&Argument<'_>> = token.arguments.iter().skip(1).filter(|argument| !is_undefined(argument)).collect();
        let first = operands.first().copied();
        if operator == Operator::Value {
            // The attribute only says what the value is numbered by: a name of it would be one that no expression uses.
            return Ok(Rendered { text: self.operand(&path, operator, first)?, role: Role::Value });
        }
        let text = path.render(self.placeholders, self.scope);
        let (text, role) = match operator {
            Operator::Name | Operator::Field => (text, Role::Path),
            Operator::Size => (format!("size({text})"), Role::Function),
            Operator::IfNotExists => (format!("if_not_exists({text}, {})", self.operand(&path, operator, first)?), Role::Function),
            Operator::In if operands.len() + 1 < token.arguments.len() => return Err(invalid("`in` has `undefined` among its values")),
            _ => (self.condition(operator, &path, &text, &operands)?, Role::Condition),
        };
        Ok(Rendered { text, role })
    }

    /// The text of an operator that is a condition; `path` is the rendered path.
    fn condition(&mut self, operator: Operator, attribute: &AttributePath<'_>, path: &str, operands: &[&Argument<'_>]) -> Result<String> {
        let first = operands.first().copied();
        let sign = match operator {
            Operator::Eq => "=",
            Operator::Ne => "<>",
            Operator::Gt => ">",
            Operator::Gte => ">=",
            Operator::Lt => "<",
            Operator::Lte => "<=",
            Operator::Exists => return Ok(format!("attribute_exists({path})")),
            Operator::NotExists => return Ok(format!("attribute_not_exists({path})")),
            Operator::In => return self.members(attribute, path, operands),
            Operator::Between => {
                let lower = self.operand(attribute, operator, first)?;
                let upper = self.operand(attribute, operator, operands.get(1).copied())?;
                return Ok(format!("({path} between {lower} and {upper})"));
            }
            _ => {
                let operand = self.operand(attribute, operator, first)?;
                return Ok(match operator {
                    Operator::Begins => format!("begins_with({path}, {operand})"),
                    Operator::Contains => format!("contains({path}, {operand})"),
                    Operator::NotContains => format!("not contains({path}, {operand})"),
                    Operator::Type => format!("attribute_type({path}, {operand})"),
                    _ => format!("({path} = {operand} OR attribute_not_exists({path}))"),
                });
            }
        };
        Ok(format!("{path} {sign} {}", self.operand(attribute, operator, first)?))
    }

    /// `in` takes a list of values or several values.
    fn members(&mut self, attribute: &AttributePath<'_>, path: &str, members: &[&Argument<'_>]) -> Result<String> {
        let mut texts = Vec::new();
        if let [Argument::Value(Given { number, value: Value::List(list) })] = members {
            for (position, member) in list.iter().enumerate() {
                if member.is_undefined() {
                    return Err(invalid("`in` has `undefined` among its values"));
                }
                let source = Source::Part(*number, vec![position.to_string()]);
                texts.push(self.placeholders.value(self.scope, attribute.value_name(), source));
            }
        } else {
            for member in members {
                texts.push(self.operand(attribute, Operator::In, Some(member))?);
            }
        }
        if texts.is_empty() || texts.len() > 100 {
            return Err(invalid(format!("`in` takes from 1 to 100 values, not {}", texts.len())));
        }
        Ok(format!("{path} in ({})", texts.join(", ")))
    }

    fn operand(&mut self, attribute: &AttributePath<'_>, operator: Operator, argument: Option<&Argument<'_>>) -> Result<String> {
        match argument {
            None => self.undefined(operator),
            Some(Argument::Value(given)) => {
                let source = operand_source(self.schema, attribute.node(), *given, self.scope == Scope::Update)?;
                Ok(self.placeholders.value(self.scope, attribute.value_name(), source))
            }
            Some(Argument::Path(path)) => {
                let path = self.resolve(operator, path)?;
                Ok(path.render(self.placeholders, self.scope))
            }
            Some(Argument::Token(number)) => {
                let rendered = self.tokens.get(usize::from(*number)).and_then(Option::as_ref);
                let rendered = rendered.ok_or_else(|| Error::internal("a token is used before it is made"))?;
                let comparison = matches!(
                    operator,
                    Operator::Eq
                        | Operator::Ne
                        | Operator::Gt
                        | Operator::Gte
                        | Operator::Lt
                        | Operator::Lte
                        | Operator::Between
                        | Operator::In
                );
                match rendered.role {
                    Role::Path | Role::Value => Ok(rendered.text.clone()),
                    Role::Function if comparison || operator == Operator::IfNotExists => Ok(rendered.text.clone()),
                    _ => Err(invalid(format!("`{}` takes a value or an attribute, not the answer of another operator", name_of(operator)))),
                }
            }
            Some(Argument::Text(_)) => Err(invalid(format!("`{}` takes a value, not a text with operators in it", name_of(operator)))),
        }
    }

    /// ElectroDB writes the word `undefined` there, which DynamoDB reads as an attribute of that name.
    fn undefined(&self, operator: Operator) -> Result<String> {
        if self.schema.dialect.checks_operands() || self.scope == Scope::Update {
            return Err(invalid(format!("`{}` compares with `undefined`; a value is needed", name_of(operator))));
        }
        Ok("undefined".to_owned())
    }

    /// The placeholder of `escape` is named after the value, as in ElectroDB.
    fn escape(&mut self, argument: Option<&Argument<'_>>) -> Result<Rendered> {
        let Some(Argument::Value(given)) = argument else { return Err(invalid("`escape` takes a value")) };
        let name = match given.value {
            Value::Undefined => return Err(invalid("`escape` takes a value, not `undefined`")),
            Value::Boolean(value) => format!("p{value}"),
            value => name_of_value(value),
        };
        let text = self.placeholders.value(self.scope, &name, Source::Value(given.number));
        Ok(Rendered { text, role: Role::Value })
    }

    fn no_path(&mut self, token: &Token<'_>) -> Result<Rendered> {
        match (token.operator, token.arguments.first()) {
            (Operator::Field, Some(Argument::Value(Given { value: Value::String(name), .. }))) if !name.is_empty() => {
                Ok(Rendered { text: self.placeholders.name(self.scope, name, name), role: Role::Path })
            }
            (operator, _) => Err(invalid(format!("`{}` takes an attribute of the callback's first argument first", name_of(operator)))),
        }
    }

    fn resolve<'a>(&self, operator: Operator, path: &Path<'a>) -> Result<AttributePath<'a>>
    where
        's: 'a,
    {
        if operator == Operator::Field && path.slot.is_none() && path.steps.is_empty() && !path.name.is_empty() {
            return Ok(AttributePath::of_field(path.name));
        }
        AttributePath::of_path(self.schema, path).ok_or_else(|| refuse_operand(self.schema, &describe(path)))
    }

    /// ElectroDB sends surplus operands along, which DynamoDB refuses; the main entry says so, the drop-in leaves them out.
    fn check_count(&self, token: &Token<'_>) -> Result<()> {
        let most = match token.operator {
            Operator::In => return Ok(()),
            Operator::Between => 3,
            Operator::Exists | Operator::NotExists | Operator::Size | Operator::Name | Operator::Field | Operator::Escape => 1,
            _ => 2,
        };
        if token.arguments.len() > most && self.schema.dialect.checks_operands() {
            return Err(invalid(format!("`{}` takes {most} arguments, not {}", name_of(token.operator), token.arguments.len())));
        }
        Ok(())
    }
}

/// Where the operand of a callback's operator comes from. ElectroDB turns what is compared with a string into one.
pub(super) fn operand_source(schema: &Schema, node: Option<&Attribute>, given: Given<'_>, stored: bool) -> Result<Source> {
    let checks = schema.dialect.checks_operands();
    if checks && matches!(given.value, Value::Function(_) | Value::RegExp(_)) {
        return Err(invalid(format!("a {} is no operand", given.value.type_name())));
    }
    let Some(node) = node else { return Ok(Source::Value(given.number)) };
    if matches!(node.kind, AttributeKind::String | AttributeKind::Enum(_)) {
        return match given.value {
            Value::String(_) | Value::IllFormed(_) => Ok(Source::Value(given.number)),
            Value::Null if checks => Ok(Source::Value(given.number)),
            Value::Boolean(_) | Value::Integer(_) | Value::Decimal(_) | Value::BigInt(_) => Ok(Source::ValueText(given.number)),
            _ if checks => Err(invalid(format!("`{}` is a string; its operand is of type {}", node.name, given.value.type_name()))),
            _ => Ok(Source::ValueText(given.number)),
        };
    }
    Ok(if stored { item_source(node, given) } else { Source::Value(given.number) })
}

fn is_undefined(argument: &Argument<'_>) -> bool {
    matches!(argument, Argument::Value(given) if given.value.is_undefined())
}

/// The text of a value that ElectroDB makes its placeholder of: JavaScript's own, as far as letters and digits go.
fn name_of_value(value: Value<'_>) -> String {
    match value {
        Value::String(text) | Value::IllFormed(text) | Value::Decimal(text) | Value::BigInt(text) => text.to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        Value::List(list) => list.iter().filter(|member| !matches!(member, Value::Null)).map(name_of_value).collect(),
        Value::Map(_) => "objectObject".to_owned(),
        Value::Set(_) => "objectSet".to_owned(),
        Value::Undefined | Value::Bytes(_) | Value::Function(_) | Value::RegExp(_) | Value::Other(_) => String::new(),
    }
}

/// Which tokens the text uses, itself or through the operands of others.
fn used_tokens(clause: &Clause<'_>) -> Vec<bool> {
    let mut used = vec![false; clause.tokens.len()];
    for piece in Pieces::of(clause.text) {
        if let Piece::Token(number) = piece
            && let Some(mark) = used.get_mut(number)
        {
            *mark = true;
        }
    }
    // A token's operands are made before it, so one walk from the last to the first finds all.
    for (position, token) in clause.tokens.iter().enumerate().rev() {
        if used.get(position) != Some(&true) {
            continue;
        }
        for argument in &token.arguments {
            if let Argument::Token(number) = argument
                && let Some(mark) = used.get_mut(usize::from(*number))
            {
                *mark = true;
            }
        }
    }
    used
}

/// A piece of a callback's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text of the user.
    Text(&'a str),
    /// A token's number.
    Token(usize),
}

/// Takes a callback's text apart: a token stands as U+0001, its number, U+0002.
pub(super) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    /// The pieces of this text.
    pub fn of(text: &'a str) -> Self {
        Self { rest: text }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some((number, rest)) = self.rest.strip_prefix('\u{1}').and_then(|after| after.split_once('\u{2}'))
            && let Ok(number) = number.parse()
        {
            self.rest = rest;
            return Some(Piece::Token(number));
        }
        // A mark that opens no token is text; it is refused with the clause.
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        let end = self.rest.get(first..).and_then(|after| after.find('\u{1}')).map_or(self.rest.len(), |position| position + first);
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(Piece::Text(text))
    }
}

/// An expression that cannot be rendered.
pub(super) fn invalid(message: impl Into<String>) -> Error {
    Error::new(Kind::InvalidExpression, message)
}

/// The operator's name in a callback.
pub(super) fn name_of(operator: Operator) -> &'static str {
    match operator {
        Operator::Eq => "eq",
        Operator::Ne => "ne",
        Operator::Gt => "gt",
        Operator::Gte => "gte",
        Operator::Lt => "lt",
        Operator::Lte => "lte",
        Operator::Between => "between",
        Operator::Begins => "begins",
        Operator::Contains => "contains",
        Operator::NotContains => "notContains",
        Operator::In => "in",
        Operator::Exists => "exists",
        Operator::NotExists => "notExists",
        Operator::EqOrNotExists => "eqOrNotExists",
        Operator::Type => "type",
        Operator::Size => "size",
        Operator::Value => "value",
        Operator::Name => "name",
        Operator::Field => "field",
        Operator::Escape => "escape",
        Operator::IfNotExists => "ifNotExists",
    }
}
