//! What the wrapper has to know to answer further calls of a structure by itself. How keys are made is decided in `key` alone, which tells of the
//! texts that it has just made.

use super::update::is_composite;
use crate::call::{Call, Given, Operand, Target};
use crate::request::{Recipe, Texts};
use crate::schema::{IndexKind, Schema, Slot};

/// The recipe of a call that was answered; none where more than the classes of its values decides what becomes of it, however plain they are.
///
/// INVARIANT: of calls of one structure, with values that are all plain as its recipe asks, none is refused, and all have the same note.
#[cold]
#[inline(never)]
pub(super) fn recipe(schema: &Schema, call: &Call<'_>, texts: &mut Texts) -> Option<Recipe> {
    let mut recipe = Recipe { spans: texts.spans.take()?, guards: Vec::new() };
    // Options count by what they say, and two ends of attributes themselves have to be equal in part.
    let compares = call.sort.is_some() && schema.indexes.get(call.index).is_none_or(|index| index.kind == IndexKind::Composite);
    if call.options.is_some() || call.checked.is_some() || compares {
        return None;
    }
    let sort = call.sort.as_ref().map(|sort| [&sort.composites, &sort.upper]);
    for values in [&call.key, &call.item, &call.composite].into_iter().chain(sort.into_iter().flatten()) {
        values.iter().for_each(|(slot, given)| guard(schema, slot, given, &mut recipe.guards));
    }
    for action in &call.actions {
        let slot = match &action.target {
            Target::Slot(slot) => Some(*slot),
            Target::Path(path) if path.steps.is_empty() => path.slot,
            Target::Path(_) | Target::Text(_) => None,
        };
        let operand = if let Operand::Value(given) = action.operand { Some(given) } else { None };
        for given in operand.into_iter().chain(action.start) {
            guard(schema, slot?, given, &mut recipe.guards);
        }
        if action.checked.is_some() {
            return None;
        }
    }
    Some(recipe)
}

/// Guards a value as one of the attribute in this slot. What is not guarded is a clause's, which only has to be storable.
fn guard(schema: &Schema, slot: Slot, given: Given<'_>, guards: &mut Vec<i64>) {
    let number = usize::from(given.number);
    if guards.len() <= number {
        guards.resize(number + 1, -1);
    }
    if let Some(place) = guards.get_mut(number) {
        *place = i64::from(slot) * 2 + i64::from(is_composite(schema, slot));
    }
}
