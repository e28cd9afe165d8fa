//! The differences between the two entries, each as one question; nothing else may ask which entry an entity came from.

/// Which entry an entity came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `electroxide`: safe, nothing is silently ignored.
    Electroxide,
    /// `electroxide/electrodb`: as ElectroDB 3.9.3.
    Electrodb,
}

impl Dialect {
    /// Whether names that the model does not declare are refused instead of dropped.
    #[must_use]
    pub fn refuses_unknown_names(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether index keys follow the index-key rule instead of ElectroDB's.
    #[must_use]
    pub fn follows_index_key_rule(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether a query that leaves out a sort composite before a given one is refused.
    #[must_use]
    pub fn refuses_sort_gaps(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether every refused attribute is named instead of the first.
    #[must_use]
    pub fn collects_fields(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether `match` compares with its values as they are, where `where` compares a string with texts only.
    #[must_use]
    pub fn searches_by_raw_values(self) -> bool {
        self == Self::Electrodb
    }

    /// Whether `match` passes over indexes that do not hold what it filters by.
    #[must_use]
    pub fn filters_by_held_attributes(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether the filter of `find` and `match` keeps other entities' items of a clustered index out, as that of a query does, and not only the reading.
    #[must_use]
    pub fn filters_searches_by_owner(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether options, operands and limits that cannot be meant are refused.
    #[must_use]
    pub fn checks_operands(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether a `${` without its `}` in a key template is refused instead of read to the template's end.
    #[must_use]
    pub fn refuses_unclosed_templates(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether a key that would be stored over an attribute of another value is refused.
    #[must_use]
    pub fn refuses_keys_over_attributes(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether composites that cannot be told apart in a key (`null`, objects, `NaN`) are refused.
    #[must_use]
    pub fn refuses_odd_composites(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether definitions that ElectroDB reads as something else than they say (a list without `items`, a set of booleans) are refused.
    #[must_use]
    pub fn refuses_unmeant_definitions(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether an attribute is refused whose name is the field of one before it, as though it were stored there.
    #[must_use]
    pub fn takes_names_for_fields(self) -> bool {
        self == Self::Electrodb
    }

    /// Whether a stored member of this name is taken: the SDK's document client assigns where it should define, and so loses one name.
    #[must_use]
    pub fn carries_member(self, name: &str) -> bool {
        self == Self::Electrodb || name != "__proto__"
    }

    /// Whether an index's `project` is read as `projection`, which is ElectroDB's only name for it.
    #[must_use]
    pub fn reads_project(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether values that DynamoDB cannot store, or would give back changed, are refused before anything is sent.
    #[must_use]
    pub fn checks_storage(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether the attributes of the table's own key are required of an item like those that say so, instead of refused where keys are built.
    #[must_use]
    pub fn requires_key_attributes(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether a key is refused before the values of an update, and for want of what the user gave, whatever hooks make of it.
    #[must_use]
    pub fn checks_keys_first(self) -> bool {
        self == Self::Electrodb
    }

    /// Whether the start value of `add` and `subtract` is what hooks, checks and index keys go by, instead of the amount.
    #[must_use]
    pub fn goes_by_start_values(self) -> bool {
        self == Self::Electrodb
    }

    /// Whether every verb of an upsert leaves a read-only attribute that is there already as it is.
    #[must_use]
    pub fn upserts_read_only_once(self) -> bool {
        self == Self::Electrodb
    }

    /// Whether a key text with several readings is refused instead of read greedily.
    #[must_use]
    pub fn refuses_ambiguous_keys(self) -> bool {
        self == Self::Electroxide
    }

    /// Whether what set hooks return is checked as what users give is, and not only what users give.
    #[must_use]
    pub fn checks_hook_results(self) -> bool {
        self == Self::Electroxide
    }
}
