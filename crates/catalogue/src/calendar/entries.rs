//! The shapes of a calendar's file. Values stay raw where their line must be known. Not here: what they mean.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File<'a> {
    /// Where the data comes from: for people.
    #[serde(default, rename = "source")]
    _source: Option<IgnoredAny>,
    pub version: u32,
    #[serde(borrow, default)]
    pub from: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub zone: Option<&'a RawValue>,
    pub last_published_year: i16,
    #[serde(borrow)]
    pub weekly_rest: Vec<&'a RawValue>,
    #[serde(borrow)]
    pub hours: &'a RawValue,
    #[serde(borrow, default)]
    pub week: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    pub weeks_from: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    pub hours_on: Vec<&'a RawValue>,
    #[serde(borrow)]
    pub years: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hours {
    pub morning: [String; 2],
    pub afternoon: [String; 2],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WeekDay {
    pub day: String,
    pub open: Vec<[String; 2]>,
    #[serde(default)]
    pub counts: CountsWord,
    #[serde(default)]
    pub agencies: Vec<String>,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum CountsWord {
    #[default]
    WorkingDay,
    IntakeOnly,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WeekFrom<'a> {
    pub from: String,
    #[serde(borrow)]
    pub weekly_rest: Vec<&'a RawValue>,
    #[serde(borrow)]
    pub hours: &'a RawValue,
    #[serde(borrow, default)]
    pub week: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HoursOn {
    pub date: String,
    pub open: Vec<[String; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Year<'a> {
    pub year: i16,
    pub published: bool,
    #[serde(borrow)]
    pub days_off: Vec<&'a RawValue>,
    #[serde(borrow)]
    pub makeup_days: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Off {
    pub date: String,
    pub name_vi: String,
    pub name_en: String,
    #[serde(default)]
    pub whose: Option<WhoseWord>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum WhoseWord {
    Vietnam,
    Host,
    Office,
}
