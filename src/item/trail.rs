//! The way to a value within an item, kept on the stack and written out only when the value is refused.

/// One step of the way, and where it came from.
#[derive(Clone, Copy, Debug)]
pub struct Trail<'a> {
    parent: Option<&'a Trail<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Name(&'a str),
    /// A member of a list or a set; its position, where it has one.
    Member(Option<u32>),
}

impl<'a> Trail<'a> {
    /// The way to a top-level attribute, or to a part of one by its path.
    #[must_use]
    pub fn to(name: &'a str) -> Self {
        Self { parent: None, step: Step::Name(name) }
    }

    /// The way to a map's member.
    #[must_use]
    pub fn name(&'a self, name: &'a str) -> Self {
        Self { parent: Some(self), step: Step::Name(name) }
    }

    /// The way to the members of a set.
    #[must_use]
    pub fn members(&'a self) -> Self {
        Self { parent: Some(self), step: Step::Member(None) }
    }

    /// The way to a list's member.
    #[must_use]
    pub fn member(&'a self, position: u32) -> Self {
        Self { parent: Some(self), step: Step::Member(Some(position)) }
    }

    /// The innermost position in a list on the way.
    #[must_use]
    pub fn position(&self) -> Option<u32> {
        match self.step {
            Step::Member(Some(position)) => Some(position),
            _ => self.parent.and_then(Trail::position),
        }
    }

    /// How many levels of lists and maps the way leads through.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.parent.map_or(0, |parent| parent.depth() + 1)
    }

    /// The way as a text: `address.street`, `tags[*]`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(text);
        }
        match self.step {
            Step::Member(_) => text.push_str("[*]"),
            Step::Name(name) => {
                if self.parent.is_some() {
                    text.push('.');
                }
                text.push_str(name);
            }
        }
    }
}
