//! What the wrapper has to know to answer further calls of a structure by itself. How keys are made is decided in `key` alone, which tells of the
//! texts that it has just made.

use super::update::is_composite;
use crate::call::{Call, Operand, Target, Values};
use crate::request::Recipe;
use crate::schema::{IndexKind, Schema, Slot};

/// Completes the recipe of a call that was answered. Answers whether it is one: not where more than the classes of its values decides what
/// becomes of the call, however plain they are.
///
/// INVARIANT: of calls of one structure, with values that are all plain as its recipe asks, none is refused, and all have the same note.
#[cold]
#[inline(never)]
pub(super) fn complete(schema: &Schema, call: &Call<'_>, recipe: &mut Recipe) -> bool {
    // Options count by what they say, and two ends of attributes themselves have to be equal in part.
    let compares = call.sort.is_some() && schema.indexes.get(call.index).is_none_or(|index| index.kind == IndexKind::Composite);
    if call.options.is_some() || call.checked.is_some() || compares {
        return false;
    }
    guard_all(schema, &call.key, recipe);
    guard_all(schema, &call.item, recipe);
    guard_all(schema, &call.composite, recipe);
    if let Some(sort) = &call.sort {
        guard_all(schema, &sort.composites, recipe);
        guard_all(schema, &sort.upper, recipe);
    }
    for action in &call.actions {
        let slot = match &action.target {
            Target::Slot(slot) => Some(*slot),
            Target::Path(path) if path.steps.is_empty() => path.slot,
            Target::Path(_) | Target::Text(_) => None,
        };
        let operand = if let Operand::Value(given) = action.operand { Some(given) } else { None };
        for given in [operand, action.start].into_iter().flatten() {
            let Some(slot) = slot.filter(|_| action.checked.is_none()) else { return false };
            guard(schema, slot, given.number, recipe);
        }
    }
    true
}

#[inline(never)]
fn guard_all(schema: &Schema, values: &Values<'_>, recipe: &mut Recipe) {
    values.iter().for_each(|(slot, given)| guard(schema, slot, given.number, recipe));
}

/// Guards a value as one of the attribute in this slot.
#[inline(never)]
fn guard(schema: &Schema, slot: Slot, number: u16, recipe: &mut Recipe) {
    recipe.tell([Recipe::NO_TEXT, 0, 0, usize::from(number), usize::from(slot) * 2 + usize::from(is_composite(schema, slot))]);
}
