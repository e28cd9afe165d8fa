//! Which attributes' change runs an attribute's hooks: `watch` lists read into slots. Running the hooks is the wrapper's work.

use super::definition::a;
use super::nearest::suggestion;
use super::{Attribute, Slot, Watch, slot_of};
use crate::error::{Error, Kind, Result};
use crate::value::{Map, Value};

/// Reads every `watch` of the model into its attribute.
pub(super) fn resolve(definitions: Map<'_>, attributes: &mut [Attribute]) -> Result<()> {
    for (position, (name, definition)) in definitions.iter().enumerate() {
        let Value::Map(options) = definition else { continue };
        let watch = match options.get("watch") {
            Value::Undefined => Watch::None,
            Value::String("*") => Watch::All,
            Value::List(names) => {
                let mut watched = Vec::new();
                for other in names.iter() {
                    watched.push(slot(name, other, attributes)?);
                }
                if watched.is_empty() { Watch::None } else { Watch::Slots(watched) }
            }
            Value::String(text) => {
                return Err(refuse("Attribute `%0` watches `%1`: write a list of names, such as `[\"%1\"]`, or `\"*\"`", &[name, text]));
            }
            other => {
                return Err(Error::of(
                    Kind::InvalidModel,
                    "Attribute `%0`: `watch` must be a list of attribute names or `\"*\"`, not %1",
                    &[name, &a(other)],
                ));
            }
        };
        if let Some(attribute) = attributes.get_mut(position) {
            attribute.watch = watch;
        }
        check_nested(name, options)?;
    }
    check_chains(attributes)
}

fn slot(name: &str, watched: Value<'_>, attributes: &[Attribute]) -> Result<Slot> {
    let Value::String(text) = watched else {
        return Err(Error::of(Kind::InvalidModel, "Attribute `%0`: `watch` must list attribute names, not %1", &[name, &a(watched)]));
    };
    slot_of(attributes, text).ok_or_else(|| {
        let suggestion = suggestion(text, attributes.iter().map(|attribute| &*attribute.name));
        refuse("Attribute `%0` watches `%1`, which is no attribute of the model%2", &[name, text, &suggestion])
    })
}

/// A watcher's own hooks run after all others, so nothing can be told when it changes.
fn check_chains(attributes: &[Attribute]) -> Result<()> {
    for attribute in attributes {
        let Watch::Slots(watched) = &attribute.watch else { continue };
        for slot in watched {
            if let Some(other) = attributes.get(usize::from(*slot)).filter(|other| matches!(other.watch, Watch::Slots(_))) {
                return Err(refuse(
                    "Attribute `%0` watches `%1`, which watches others itself: watch what that one watches instead",
                    &[&attribute.name, &other.name],
                ));
            }
        }
    }
    Ok(())
}

/// Only top-level attributes can watch.
fn check_nested(name: &str, options: Map<'_>) -> Result<()> {
    let nested: Vec<(&str, Value<'_>)> = match (options.get("type"), options.get("properties")) {
        (Value::String("map"), Value::Map(properties)) => properties.iter().collect(),
        (Value::String("list"), _) => vec![("[*]", options.get("items"))],
        _ => Vec::new(),
    };
    for (property, definition) in nested {
        let Value::Map(inner) = definition else { continue };
        match inner.get("watch") {
            Value::List(names) if names.is_empty() => {}
            Value::String("*") | Value::Undefined => {}
            _ => {
                return Err(refuse(
                    "Attribute `%0`: its part `%1` has a `watch`, which only top-level attributes can have",
                    &[name, property],
                ));
            }
        }
        check_nested(name, inner)?;
    }
    Ok(())
}

fn refuse(pattern: &'static str, texts: &[&str]) -> Error {
    Error::of(Kind::InvalidAttributeWatchDefinition, pattern, texts)
}
