//! Which index `find` and `match` read, by what they are given. It builds no keys.

use crate::schema::{Index, IndexKind, Projection, Schema, Slot};

/// The index that ElectroDB chooses for these attributes; none where no index's partition key is complete, so that only a scan is left.
///
/// The table's own key wins when it is complete, or when no index takes more of what is given. Otherwise the last index that is complete
/// wins, and without one, the last of those that take the most. An index without any composites has nothing to say for it; neither has, in
/// the main entry, one that does not hold what is `filtered` by, since it would answer with nothing.
#[must_use]
pub fn choose_index(schema: &Schema, given: &[Slot], filtered: bool) -> Option<usize> {
    let blind =
        |index: &Index| filtered && schema.dialect.filters_by_held_attributes() && !given.iter().all(|slot| holds(schema, index, *slot));
    let mut best = None;
    let (mut complete, mut taken, mut most, mut own) = (false, 0, 0, 0);
    for (number, index) in schema.indexes.iter().enumerate() {
        let sort = index.sort.as_ref().map_or(&[][..], |key| &key.composites);
        let partition = &index.partition.composites;
        let count = partition.iter().chain(sort).take_while(|slot| given.contains(slot)).count();
        if count == 0 || count < partition.len() || blind(index) {
            continue;
        }
        let whole = count == partition.len() + sort.len();
        if number == schema.primary {
            if whole {
                return Some(number);
            }
            own = count;
        }
        if whole || !complete && count >= taken {
            (best, taken) = (Some(number), count);
        }
        complete |= whole;
        most = most.max(count);
    }
    if own > 0 && own == most { Some(schema.primary) } else { best }
}

/// Whether an index holds an attribute: it projects it, or the attribute is a key by itself.
fn holds(schema: &Schema, index: &Index, slot: Slot) -> bool {
    let Projection::Include(projected) = &index.projection else {
        return index.projection == Projection::All || is_key(schema, index, slot);
    };
    projected.contains(&slot) || is_key(schema, index, slot)
}

fn is_key(schema: &Schema, index: &Index, slot: Slot) -> bool {
    let field = schema.attribute(slot).map(|attribute| &attribute.field);
    [Some(index), schema.primary_index()].into_iter().flatten().any(|index| {
        std::iter::once(&index.partition)
            .chain(&index.sort)
            .any(|key| if index.kind == IndexKind::Composite { key.composites.contains(&slot) } else { Some(&key.field) == field })
    })
}
