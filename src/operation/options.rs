//! The options of `go`, `params` and `commit` as far as requests depend on them, and what of them is refused.

use super::literal;
use crate::call::{Call, Compare, Operation};
use crate::error::{Error, Kind, Result};
use crate::request::{Parameter, Source};
use crate::schema::Schema;
use crate::schema::nearest::suggestion;
use crate::value::{Map, Value};

/// Every option that one of the operations knows.
const KNOWN: [&str; 32] = [
    "abortSignal",
    "attributes",
    "client",
    "compare",
    "concurrency",
    "concurrent",
    "conditions",
    "consistent",
    "count",
    "cursor",
    "data",
    "formatCursor",
    "hydrate",
    "ignoreOwnership",
    "includeHidden",
    "includeKeys",
    "limit",
    "listeners",
    "logger",
    "order",
    "originalErr",
    "pager",
    "pages",
    "params",
    "parse",
    "preserveBatchOrder",
    "raw",
    "response",
    "returnOnConditionCheckFailure",
    "segments",
    "table",
    "unprocessed",
];

/// The options of one call.
#[derive(Debug)]
pub struct Options<'a> {
    /// The number of the options object among the caller's values.
    pub number: u16,
    /// All options.
    pub all: Option<Map<'a>>,
    /// The attributes to project; empty for all.
    pub attributes: Vec<&'a str>,
    /// How sort composites are compared.
    pub compare: Compare,
    hydrate: bool,
    /// Whether the identifiers are not asked for.
    pub ignore_ownership: bool,
    order: Option<bool>,
    consistent: bool,
    limit: bool,
    segments: bool,
    response: Option<&'static str>,
    old_on_failure: bool,
    committed: bool,
}

impl<'a> Options<'a> {
    /// No options.
    #[must_use]
    pub fn none() -> Self {
        Self {
            number: u16::MAX,
            all: None,
            attributes: Vec::new(),
            compare: Compare::Keys,
            hydrate: false,
            ignore_ownership: false,
            order: None,
            consistent: false,
            limit: false,
            segments: false,
            response: None,
            old_on_failure: false,
            committed: false,
        }
    }

    /// Reads and checks the options of a call.
    ///
    /// # Errors
    /// 1010 for an option that cannot be meant, 2005 and 2006 for `pages` and `limit`; in the drop-in only what ElectroDB refuses.
    pub fn read(&mut self, schema: &Schema, call: &Call<'a>) -> Result<()> {
        let Some(given) = call.options else { return Ok(()) };
        self.number = given.number;
        let Value::Map(all) = given.value else { return Ok(()) };
        self.all = Some(all);
        self.committed = call.committed;
        all.iter().try_for_each(|(name, value)| self.take(schema, call.operation, name, value))?;
        if self.hydrate && matches!(call.operation, Operation::Query | Operation::Scan) {
            // The table's items are asked for what is wanted of them, and whose they are; the index is read for its keys.
            self.ignore_ownership = true;
            self.attributes.clear();
        }
        Ok(())
    }

    fn take(&mut self, schema: &Schema, operation: Operation, name: &'a str, value: Value<'a>) -> Result<()> {
        let checks = schema.dialect.checks_operands();
        if checks && !KNOWN.contains(&name) {
            return Err(invalid("There is no option `%0`%1", &[name, &suggestion(name, KNOWN)]));
        }
        if value.is_undefined() {
            return Ok(());
        }
        // ElectroDB looks at texts only, in any letter case.
        let is_read = checks || matches!(value, Value::String(_));
        match name {
            "attributes" => self.attributes = names(schema, value)?,
            "compare" if is_read => self.compare = compare(value)?,
            "hydrate" => self.hydrate = is_truthy(value),
            "ignoreOwnership" => self.ignore_ownership = is_truthy(value),
            "order" if is_read => self.order = Some(order(value)?),
            "consistent" => self.consistent = if checks { is_truthy(value) } else { matches!(value, Value::Boolean(true)) },
            "response" | "returnOnConditionCheckFailure" if checks && is_batch(operation) && !matches!(value, Value::String("default")) => {
                return Err(invalid("The option `%0` belongs to writes of one item: DynamoDB answers no values to a batch", &[name]));
            }
            "response" if checks || (is_read && is_truthy(value)) => {
                self.response = response(operation, schema, self.committed, value)?;
            }
            "unprocessed" if (checks || matches!(value, Value::String(_))) && !matches!(value, Value::String("raw" | "item")) => {
                return Err(invalid("The option `unprocessed` has to be `item` or `raw`", &[]));
            }
            "returnOnConditionCheckFailure" => {
                self.old_on_failure = matches!(value, Value::String("all_old"));
                let unmeant = if checks { !matches!(value, Value::Boolean(_)) } else { matches!(value, Value::String(_)) };
                if unmeant && !self.old_on_failure {
                    return Err(invalid("The option `returnOnConditionCheckFailure` has to be `all_old` or a boolean", &[]));
                }
            }
            "limit" => {
                self.limit = true;
                if checks && !is_positive(value) {
                    return Err(Error::of(Kind::InvalidLimitOption, "The option `limit` has to be a positive integer", &[]));
                }
            }
            "pages" if checks && !is_positive(value) && !matches!(value, Value::String("all")) => {
                return Err(Error::of(Kind::InvalidPagesOption, "The option `pages` has to be a positive integer or `all`", &[]));
            }
            "data" if checks && !matches!(value, Value::String("attributes" | "raw" | "includeKeys")) => {
                return Err(invalid("The option `data` has to be `attributes`, `includeKeys` or `raw`", &[]));
            }
            "conditions" => {
                if operation == Operation::BatchWrite {
                    return Err(invalid(
                        "The option `conditions` belongs to writes of one item: DynamoDB has no conditions in batches",
                        &[],
                    ));
                }
                if matches!(operation, Operation::Get | Operation::Query | Operation::Scan | Operation::BatchGet) {
                    return Err(invalid("The option `conditions` belongs to writes: narrow what is read with `where`", &[]));
                }
            }
            "segments" => {
                check_segments(operation, value)?;
                self.segments = true;
            }
            _ => {}
        }
        Ok(())
    }

    /// The parameters of a read that come from options.
    pub fn push_read(&self, parameters: &mut Vec<Parameter>) {
        if let Some(forward) = self.order {
            parameters.push(Parameter::Leaf("ScanIndexForward", Source::Boolean(forward)));
        }
        if self.consistent {
            parameters.push(Parameter::Leaf("ConsistentRead", Source::Boolean(true)));
        }
        if self.limit {
            parameters.push(Parameter::Leaf("Limit", self.part(&["limit"])));
        }
        if self.segments {
            parameters.push(Parameter::Leaf("TotalSegments", self.part(&["segments", "total"])));
            parameters.push(Parameter::Leaf("Segment", self.part(&["segments", "segment"])));
        }
    }

    /// The parameters of a write that come from options. What `response` asks for is, in a transaction, wanted of an item that cancels it.
    pub fn push_write(&self, parameters: &mut Vec<Parameter>) {
        const ON_FAILURE: &str = "ReturnValuesOnConditionCheckFailure";
        let old = self.old_on_failure.then_some("ALL_OLD");
        let (values, failure) = if self.committed { (None, old.or(self.response)) } else { (self.response, old) };
        for (name, value) in [("ReturnValues", values), (ON_FAILURE, failure)] {
            if let Some(value) = value {
                parameters.push(literal(name, value.to_owned()));
            }
        }
    }

    fn part(&self, path: &[&str]) -> Source {
        let mut steps = Vec::new();
        for step in path {
            steps.push((*step).to_owned());
        }
        Source::Part(self.number, steps)
    }
}

fn invalid(pattern: &'static str, texts: &[&str]) -> Error {
    Error::of(Kind::InvalidOptions, pattern, texts)
}

fn is_batch(operation: Operation) -> bool {
    matches!(operation, Operation::BatchGet | Operation::BatchWrite)
}

/// JavaScript's truth of a value.
fn is_truthy(value: Value<'_>) -> bool {
    !matches!(value, Value::Undefined | Value::Null | Value::Boolean(false) | Value::Integer(0) | Value::Decimal("NaN") | Value::String(""))
}

fn is_positive(value: Value<'_>) -> bool {
    matches!(value, Value::Integer(1..))
}

fn names<'a>(schema: &Schema, value: Value<'a>) -> Result<Vec<&'a str>> {
    let mut names = Vec::new();
    let is_list = if let Value::List(list) = value {
        list.iter().all(|name| {
            if let Value::String(name) = name {
                names.push(name);
                true
            } else {
                false
            }
        })
    } else {
        !schema.dialect.checks_operands()
    };
    if is_list { Ok(names) } else { Err(invalid("The option `attributes` has to be a list of attribute names", &[])) }
}

fn lower(value: Value<'_>) -> String {
    if let Value::String(text) = value { text.to_ascii_lowercase() } else { String::new() }
}

fn compare(value: Value<'_>) -> Result<Compare> {
    match &*lower(value) {
        "keys" => Ok(Compare::Keys),
        "attributes" => Ok(Compare::Attributes),
        "v2" => Ok(Compare::V2),
        _ => Err(invalid("The option `compare` has to be `keys`, `attributes` or `v2`", &[])),
    }
}

fn order(value: Value<'_>) -> Result<bool> {
    match &*lower(value) {
        "asc" => Ok(true),
        "desc" => Ok(false),
        _ => Err(invalid("The option `order` has to be `asc` or `desc`", &[])),
    }
}

/// `ReturnValues`; nothing for `default`. DynamoDB has no new values to return of a put: the main entry answers what was written by itself.
fn response(operation: Operation, schema: &Schema, committed: bool, value: Value<'_>) -> Result<Option<&'static str>> {
    let checks = schema.dialect.checks_operands();
    if checks && committed && !matches!(value, Value::String("default" | "none" | "all_old")) {
        return Err(invalid("The option `response` has to be `default`, `none` or `all_old`", &[]));
    }
    let own_answer = checks && matches!(operation, Operation::Put | Operation::Create);
    Ok(match value {
        Value::String("default") => None,
        Value::String("all_new") if own_answer => None,
        Value::String("none") => Some("NONE"),
        Value::String("all_old") => Some("ALL_OLD"),
        Value::String("updated_old") => Some("UPDATED_OLD"),
        Value::String("all_new") => Some("ALL_NEW"),
        Value::String("updated_new") => Some("UPDATED_NEW"),
        _ => {
            return Err(invalid(
                "The option `response` has to be `default`, `none`, `all_old`, `updated_old`, `all_new` or `updated_new`",
                &[],
            ));
        }
    })
}

/// DynamoDB's rule: 1 to 1,000,000 segments, counted from 0.
fn check_segments(operation: Operation, value: Value<'_>) -> Result<()> {
    if operation != Operation::Scan {
        return Err(invalid("The option `segments` belongs to scans", &[]));
    }
    let (total, segment) = match value {
        Value::Map(map) => (map.get("total"), map.get("segment")),
        _ => (Value::Undefined, Value::Undefined),
    };
    match (total, segment) {
        (Value::Integer(total @ 1..=1_000_000), Value::Integer(segment @ 0..)) if segment < total => Ok(()),
        _ => Err(invalid(
            "The option `segments` has to be `{total, segment}`: `total` an integer from 1 to 1000000, `segment` an integer from 0 to one less than `total`",
            &[],
        )),
    }
}
