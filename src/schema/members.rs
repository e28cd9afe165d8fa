//! Maps and lists of an answer. Their contents are written through pointers, so that a map's code stands in the core once: answers are rare.

use crate::value::Writer;

/// The members of a map under construction.
pub(crate) struct Members<'w> {
    writer: &'w mut Writer,
    count: usize,
}

/// Writes a map.
pub(crate) fn write_map(writer: &mut Writer, write: &dyn Fn(&mut Members<'_>)) {
    writer.map(|writer| {
        let mut members = Members { writer, count: 0 };
        write(&mut members);
        members.count
    });
}

/// Writes a list of as many values.
pub(crate) fn write_list(writer: &mut Writer, count: usize, write: &dyn Fn(&mut Writer, usize)) {
    writer.list(|writer| {
        (0..count).for_each(|position| write(writer, position));
        count
    });
}

impl Members<'_> {
    /// The writer for the value of one more member.
    #[inline(never)]
    pub fn named(&mut self, name: &str) -> &mut Writer {
        self.writer.text(name);
        self.count += 1;
        self.writer
    }

    #[inline(never)]
    pub fn text(&mut self, name: &str, value: &str) {
        self.named(name).string(value);
    }

    #[inline(never)]
    pub fn boolean(&mut self, name: &str, value: bool) {
        self.named(name).boolean(value);
    }

    #[inline(never)]
    pub fn number(&mut self, name: &str, value: usize) {
        self.named(name).integer(i64::try_from(value).unwrap_or(i64::MAX));
    }

    #[inline(never)]
    pub fn map(&mut self, name: &str, write: &dyn Fn(&mut Members<'_>)) {
        write_map(self.named(name), write);
    }

    #[inline(never)]
    pub fn list(&mut self, name: &str, count: usize, write: &dyn Fn(&mut Writer, usize)) {
        write_list(self.named(name), count, write);
    }
}
