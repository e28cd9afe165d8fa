//! How a request's plan crosses to the wrapper: once for each shape, as nested lists of the tag stream.

use super::{Parameter, Recipe, Request, Source};
use crate::value::Writer;

const LEAF: i64 = 0;
const OBJECT: i64 = 1;

/// Writes `[[name, 0, source] | [name, 1, [field, source, field, source, ...]], ...]`.
pub fn write(request: &Request, writer: &mut Writer) {
    writer.list(|writer| {
        for parameter in &request.parameters {
            writer.list(|writer| match parameter {
                Parameter::Leaf(name, source) => {
                    writer.string(name).integer(LEAF);
                    write_source(source, writer);
                    3
                }
                Parameter::Object(name, members) => {
                    writer.string(name).integer(OBJECT).list(|writer| {
                        for (field, source) in members {
                            writer.string(field);
                            write_source(source, writer);
                        }
                        members.len() * 2
                    });
                    3
                }
            });
        }
        request.parameters.len()
    });
}

/// Writes the entries of a recipe as they are.
pub fn write_recipe(recipe: &Recipe, writer: &mut Writer) {
    writer.binary(&recipe.bytes);
}

/// A source is `[kind, operand, ...]`.
fn write_source(source: &Source, writer: &mut Writer) {
    writer.list(|writer| match source {
        Source::Value(number) => numbers(writer, &[0, i64::from(*number)]),
        Source::Shaped(number, node) => numbers(writer, &[1, i64::from(*number), i64::from(*node)]),
        Source::ValueText(number) => numbers(writer, &[2, i64::from(*number)]),
        Source::Part(number, path) => {
            numbers(writer, &[4, i64::from(*number)]);
            path.iter().for_each(|step| {
                writer.string(step);
            });
            path.len() + 2
        }
        Source::Text(number) => numbers(writer, &[5, i64::from(*number)]),
        Source::TextNumber(number) => numbers(writer, &[6, i64::from(*number)]),
        Source::Literal(text) => {
            writer.integer(7).string(text);
            2
        }
        Source::Integer(value) => numbers(writer, &[7, *value]),
        Source::Boolean(value) => {
            writer.integer(7).boolean(*value);
            2
        }
        Source::EmptyList => numbers(writer, &[8]),
        Source::Table => numbers(writer, &[9]),
    });
}

fn numbers(writer: &mut Writer, all: &[i64]) -> usize {
    all.iter().for_each(|number| {
        writer.integer(*number);
    });
    all.len()
}
