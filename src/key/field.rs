//! Key fields that are attributes' own fields: which keys may be stored there. It stores nothing.

use super::template::{IndexText, KeyText, Owner, Place, Template, strip};
use crate::error::{Kind, Result};
use crate::schema::{Attribute, AttributeKind, Cast, EnumMember};

/// A key field that is an attribute's own field holds both the key and the attribute, so one must tell the other.
pub(super) fn check_field(
    owner: &Owner<'_>,
    index: &IndexText<'_>,
    key: &KeyText<'_>,
    place: &Place<'_>,
    template: &mut Template,
) -> Result<()> {
    let Some(attribute) = owner.attributes.iter().find(|attribute| *attribute.field == *key.field) else { return Ok(()) };
    let refusal = if owner.dialect.refuses_keys_over_attributes() {
        differs(owner, attribute, key, template)
    } else {
        electrodb_refusal(owner, attribute, key, template)
    };
    let refusal = refusal.or_else(|| {
        let within = !index.collections.is_empty();
        let why = "such an index can be in no collection: rename the field or remove `collection`";
        within.then_some((Kind::InvalidCollectionOnIndexWithAttributeFieldNames, why))
    });
    let refusal = refusal.or_else(|| {
        let why = "that attribute has `padding`, which would change the attribute itself: remove the padding or rename the field";
        attribute.padding.is_some().then_some((Kind::InvalidAttributeDefinition, why))
    });
    if let Some((kind, why)) = refusal {
        return Err(place.error(
            kind,
            "is stored in the field `%0`, which holds the attribute `%1`; %2",
            &[key.field, &attribute.name, why],
        ));
    }
    if !template.custom {
        strip(template);
    }
    Ok(())
}

const ALONE: &str = "the key must be that attribute alone: give a `template` of it, or rename the field";

const RETYPED: &str = "its value would be stored as another type than the attribute's, and read as that: rename the field";

const CASED: &str = "its lower case would change the attribute: give a `casing`";

/// Why the key is another value than the attribute. Text around the value is read away again, a letter's case is lost.
fn differs(owner: &Owner<'_>, attribute: &Attribute, key: &KeyText<'_>, template: &Template) -> Option<(Kind, &'static str)> {
    let alone = composite(owner, template).is_some_and(|only| only.name == attribute.name);
    let fits = template.is_bare() || !template.custom || is_textual(attribute);
    if is_retyped(attribute, key.cast) {
        return Some((Kind::InvalidIndexWithAttributeName, RETYPED));
    }
    let reason = match (alone && fits, template.custom && !template.is_bare() && key.casing.is_none()) {
        (false, _) => ALONE,
        (_, true) => CASED,
        _ => return None,
    };
    Some((Kind::InvalidIndexWithAttributeName, reason))
}

/// Whether a key of the attribute is stored as another type: DynamoDB's keys are texts and numbers, and a `cast` makes one of the other.
fn is_retyped(attribute: &Attribute, cast: Option<Cast>) -> bool {
    match &attribute.kind {
        AttributeKind::Boolean => true,
        AttributeKind::Number => cast == Some(Cast::String),
        AttributeKind::String => cast == Some(Cast::Number),
        AttributeKind::Enum(members) => members.iter().any(|member| !matches!(member, EnumMember::String(_))),
        _ => false,
    }
}

/// Whether a key can have text around the attribute.
fn is_textual(attribute: &Attribute) -> bool {
    matches!(attribute.kind, AttributeKind::String | AttributeKind::Enum(_))
}

/// Why ElectroDB refuses such a key: it takes some that are other values than the attribute.
fn electrodb_refusal(owner: &Owner<'_>, attribute: &Attribute, key: &KeyText<'_>, template: &Template) -> Option<(Kind, &'static str)> {
    if template.parts.len() > 1 {
        return Some((Kind::InvalidIndexWithAttributeName, "the key may have one composite"));
    }
    if template.custom {
        let mixed = !template.is_bare() && !is_textual(attribute);
        return mixed.then_some((Kind::InvalidIndexWithAttributeName, "only a string can have text around it"));
    }
    // ElectroDB looks for a composite that is named as the field; one whose attribute has another name than its field is none.
    let named = composite(owner, template).is_some_and(|only| *only.name == *key.field);
    (!named).then_some((Kind::Numbered(5001), ALONE))
}

/// The one composite; none where there are more or none.
fn composite<'o>(owner: &Owner<'o>, template: &Template) -> Option<&'o Attribute> {
    match template.parts.as_slice() {
        [part] => owner.attributes.get(usize::from(part.slot)),
        _ => None,
    }
}
