//! What the operators of one callback render to, token by token, within the callback's text. What is done with it is the affair of `condition` and `update`.

use super::attribute_path::{AttributePath, describe, refuse_operand};
use super::placeholder::{Placeholders, Scope};
use super::text::{Piece, check_around, condition_text, invalid, name_of, pieces_of, unbalanced, without_line_breaks};
use crate::call::{Argument, Clause, Given, Operator, Path, Token};
use crate::error::{Error, Result};
use crate::request::Source;
use crate::schema::{Attribute, AttributeKind, EnumMember, Schema};
use crate::text::{count, push_integer};
use crate::value::Value;

/// Where an item's value comes from: as it is, or shaped where it is a set, a map or a list.
#[must_use]
pub fn item_source(attribute: &Attribute, given: Given<'_>) -> Source {
    let is_shaped = matches!(attribute.kind, AttributeKind::Set(_) | AttributeKind::Map(_) | AttributeKind::List(_));
    if is_shaped { Source::Shaped(given.number, attribute.node) } else { Source::Value(given.number) }
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

/// The text of a callback with what its operators stand for.
pub(super) struct Assembled {
    /// The text.
    pub text: String,
    /// The role of the operator that is all of the text; none where there is more.
    pub role: Option<Role>,
}

impl<'s, 'p> Operands<'s, 'p> {
    /// Renders the tokens that the clause's text uses, in the order in which they were made, and puts them into the text. What the text does
    /// not use gets no placeholder, since DynamoDB refuses placeholders that no expression uses.
    ///
    /// # Errors
    /// 1012 where the text holds no operator or its brackets do not match, and for operands that cannot be meant.
    pub fn assemble(schema: &'s Schema, placeholders: &'p mut Placeholders, scope: Scope, clause: &Clause<'_>) -> Result<Assembled> {
        let text = without_line_breaks(clause.text);
        let pieces = pieces_of(text.trim())?;
        let used = used_tokens(&pieces, clause);
        let mut operands = Self { schema, placeholders, scope, tokens: Vec::new() };
        for (token, used) in clause.tokens.iter().zip(used) {
            let rendered = if used { Some(operands.token(token)?) } else { None };
            operands.tokens.push(rendered);
        }
        let mut assembled = Assembled { text: String::new(), role: None };
        let mut depth = 0i32;
        for piece in &pieces {
            match piece {
                Piece::Text(text) => {
                    check_around(text, &mut depth, scope)?;
                    assembled.text.push_str(text);
                }
                Piece::Token(number) => {
                    let Some(Some(token)) = operands.tokens.get(*number) else {
                        return Err(invalid("a callback's text holds an operator of another callback", &[]));
                    };
                    assembled.text.push_str(&token.text);
                    assembled.role = Some(token.role);
                }
            }
        }
        if assembled.role.is_none() {
            return Err(invalid("a callback's text holds no operator, so it states nothing", &[]));
        }
        if depth != 0 {
            return Err(unbalanced());
        }
        if pieces.len() > 1 {
            assembled.role = None;
        }
        Ok(assembled)
    }

    fn token(&mut self, token: &Token<'_>) -> Result<Rendered> {
        let operator = token.operator;
        let updates = self.scope == Scope::Update;
        let allowed = match operator {
            Operator::Name | Operator::Value => true,
            Operator::IfNotExists => updates,
            _ => !updates,
        };
        if !allowed {
            return Err(refuse(operator, "is no operation of this callback"));
        }
        let role = match operator {
            Operator::Name | Operator::Field => Role::Path,
            Operator::Value | Operator::Escape => Role::Value,
            Operator::Size | Operator::IfNotExists => Role::Function,
            _ => Role::Condition,
        };
        if operator == Operator::Escape {
            return Ok(Rendered { text: self.escape(token)?, role });
        }
        let Some(Argument::Path(path)) = token.arguments.first() else {
            return Err(refuse(operator, "takes an attribute of the callback's first argument first"));
        };
        let path = self.resolve(operator, path)?;
        if operator == Operator::Value {
            // The attribute only says what the value is numbered by: a name of it would be one that no expression uses.
            let operands = self.operands(&path, token)?;
            return Ok(Rendered { text: operands.into_iter().next().unwrap_or_default(), role });
        }
        let text = path.render(self.placeholders, self.scope);
        let operands = self.operands(&path, token)?;
        Ok(Rendered { text: condition_text(operator, &text, &operands), role })
    }

    /// The operands of a token, as many as its operator takes.
    fn operands(&mut self, attribute: &AttributePath<'_>, token: &Token<'_>) -> Result<Vec<String>> {
        let operator = token.operator;
        let checks = self.schema.dialect.checks_operands();
        let mut texts = Vec::new();
        if let (Operator::In, [_, Argument::Value(Given { number, value: Value::List(list) })]) = (operator, token.arguments.as_slice()) {
            for (position, member) in list.iter().enumerate() {
                if !member.is_undefined() {
                    let source = Source::Part(*number, vec![count(position)]);
                    texts.push(self.placeholders.value(self.scope, attribute.value_name(), source));
                }
            }
            return if texts.len() == list.len() && (1..=100).contains(&texts.len()) { Ok(texts) } else { Err(refuse_members()) };
        }
        let wanted = match operator {
            Operator::In => 100,
            Operator::Between => 2,
            Operator::Exists | Operator::NotExists | Operator::Size | Operator::Name | Operator::Field => 0,
            _ => 1,
        };
        for argument in token.arguments.iter().skip(1) {
            // ElectroDB looks at the operands that are there (`between(a, undefined, 1)` has a lower one), and sends surplus ones along, which
            // DynamoDB refuses: the drop-in leaves them out.
            let is_undefined = matches!(argument, Argument::Value(given) if given.value.is_undefined());
            if !is_undefined && texts.len() < wanted {
                texts.push(self.operand(attribute, operator, argument)?);
            }
        }
        let given = token.arguments.len().saturating_sub(1);
        if operator == Operator::In {
            return if texts.len() == given && given > 0 { Ok(texts) } else { Err(refuse_members()) };
        }
        let incomplete = texts.len() < wanted && (checks || self.scope == Scope::Update);
        if incomplete || (checks && given > wanted) {
            return Err(refuse(operator, "is given too many operands, too few, or `undefined`"));
        }
        while texts.len() < wanted {
            // ElectroDB writes the word, which DynamoDB reads as an attribute of that name.
            texts.push("undefined".to_owned());
        }
        Ok(texts)
    }

    fn operand(&mut self, attribute: &AttributePath<'_>, operator: Operator, argument: &Argument<'_>) -> Result<String> {
        match argument {
            Argument::Value(given) => {
                let raw = operator == Operator::Is && self.schema.dialect.searches_by_raw_values();
                let node = attribute.node().filter(|_| !raw);
                let source = operand_source(self.schema, node, *given, self.scope == Scope::Update)?;
                Ok(self.placeholders.value(self.scope, attribute.value_name(), source))
            }
            Argument::Path(path) => {
                let path = self.resolve(operator, path)?;
                Ok(path.render(self.placeholders, self.scope))
            }
            Argument::Token(number) => match self.tokens.get(usize::from(*number)) {
                Some(Some(rendered)) if rendered.role != Role::Condition && (rendered.role != Role::Function || compares(operator)) => {
                    Ok(rendered.text.clone())
                }
                _ => Err(refuse(operator, "takes a value or an attribute, not the answer of that operator")),
            },
        }
    }

    /// The placeholder of `escape` is named after the value, as in ElectroDB.
    fn escape(&mut self, token: &Token<'_>) -> Result<String> {
        let Some(Argument::Value(given)) = token.arguments.first() else { return Err(refuse(token.operator, "takes a value")) };
        let mut name = String::new();
        match given.value {
            Value::Undefined => return Err(refuse(token.operator, "takes a value, not `undefined`")),
            Value::Boolean(_) => name.push('p'),
            _ => {}
        }
        push_value(&mut name, given.value);
        Ok(self.placeholders.value(self.scope, &name, Source::Value(given.number)))
    }

    fn resolve<'a>(&self, operator: Operator, path: &Path<'a>) -> Result<AttributePath<'a>>
    where
        's: 'a,
    {
        if matches!(operator, Operator::Field | Operator::Holds) && path.slot.is_none() && path.steps.is_empty() && !path.name.is_empty() {
            return Ok(AttributePath::of_field(path.name));
        }
        match AttributePath::of_path(self.schema, path) {
            Some(path) => Ok(path),
            None => Err(refuse_operand(self.schema, &describe(path))),
        }
    }
}

fn compares(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Eq
            | Operator::Ne
            | Operator::Gt
            | Operator::Gte
            | Operator::Lt
            | Operator::Lte
            | Operator::Between
            | Operator::In
            | Operator::IfNotExists
    )
}

/// Where the operand of a callback's operator comes from. ElectroDB turns what is compared with a string into one.
pub(super) fn operand_source(schema: &Schema, node: Option<&Attribute>, given: Given<'_>, stored: bool) -> Result<Source> {
    let checks = schema.dialect.checks_operands();
    let plain = Source::Value(given.number);
    if checks && matches!(given.value, Value::Function(_) | Value::RegExp(_)) {
        return Err(invalid("a function or regular expression is no operand", &[]));
    }
    let Some(node) = node else { return Ok(plain) };
    let is_text = match &node.kind {
        AttributeKind::String => true,
        // Of members that are no texts none would be stored.
        AttributeKind::Enum(members) => !stored || members.iter().any(|member| matches!(member, EnumMember::String(_))),
        _ => false,
    };
    if is_text {
        return match given.value {
            Value::String(_) | Value::IllFormed(_) => Ok(plain),
            Value::Null if checks => Ok(plain),
            Value::Boolean(_) | Value::Integer(_) | Value::Decimal(_) | Value::BigInt(_) => Ok(Source::ValueText(given.number)),
            _ if checks => Err(invalid("`%0` is a string; its operand is of type %1", &[&node.name, given.value.type_name()])),
            _ => Ok(Source::ValueText(given.number)),
        };
    }
    Ok(if stored { item_source(node, given) } else { plain })
}

/// The text of a value that ElectroDB makes its placeholder of: JavaScript's own, as far as letters and digits go.
fn push_value(name: &mut String, value: Value<'_>) {
    match value {
        Value::String(text) | Value::IllFormed(text) | Value::Decimal(text) | Value::BigInt(text) => name.push_str(text),
        Value::Integer(number) => push_integer(name, number),
        Value::Boolean(value) => name.push_str(if value { "true" } else { "false" }),
        Value::Null => name.push_str("null"),
        Value::List(list) => {
            for member in list.iter() {
                if !matches!(member, Value::Null) {
                    push_value(name, member);
                }
            }
        }
        Value::Map(_) => name.push_str("objectObject"),
        Value::Set(_) => name.push_str("objectSet"),
        Value::Undefined | Value::Bytes(_) | Value::Function(_) | Value::RegExp(_) | Value::Other(_) => {}
    }
}

/// Which tokens the text uses, itself or through the operands of others.
fn used_tokens(pieces: &[Piece<'_>], clause: &Clause<'_>) -> Vec<bool> {
    let mut used = vec![false; clause.tokens.len()];
    for piece in pieces {
        if let Piece::Token(number) = piece
            && let Some(mark) = used.get_mut(*number)
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

#[cold]
fn refuse(operator: Operator, reason: &str) -> Error {
    invalid("`%0` %1", &[name_of(operator), reason])
}

#[cold]
fn refuse_members() -> Error {
    refuse(Operator::In, "takes from 1 to 100 values that are not `undefined`")
}
