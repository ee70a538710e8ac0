//! Fees as the file writes them. Not here: what they come to (domain).

use onedoor_domain::fee::{Channel, Exemption, FeeItem, FeePaid, FeeRule, FeeSchedule, PageStep};
use onedoor_domain::money::{Currency, Money};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Text;

#[derive(Deserialize)]
pub(super) struct Entry {
    items: Vec<ItemEntry>,
    #[serde(default)]
    exemptions: Vec<ExemptionEntry>,
}

#[derive(Deserialize)]
struct ItemEntry {
    id: String,
    label: Text,
    rule: RuleEntry,
    #[serde(default)]
    channels: Vec<ChannelEntry>,
    case: Option<String>,
    #[serde(default)]
    on_request: bool,
}

#[derive(Deserialize)]
struct ExemptionEntry {
    id: String,
    ground: Text,
    #[serde(default)]
    items: Vec<String>,
    percent: u8,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RuleEntry {
    Free(IgnoredAny),
    Flat(Amount),
    PerCopy(Amount),
    PerPage {
        steps: Vec<StepEntry>,
        cap: Option<Amount>,
    },
    PerPerson(Amount),
    PerCase(Amount),
    OnTime {
        within_days: u16,
        event: Option<String>,
        late: Box<RuleEntry>,
    },
    SetByProvince(IgnoredAny),
    Unstated(IgnoredAny),
}

#[derive(Deserialize)]
struct StepEntry {
    from_page: u32,
    each: Amount,
}

/// Whole đồng, or cents of a dollar.
#[derive(Deserialize, Clone, Copy)]
#[serde(untagged)]
enum Amount {
    Dong(i64),
    Dollars { usd_cents: i64 },
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum ChannelEntry {
    Counter,
    Online,
    Post,
}

impl Entry {
    pub(super) fn into_domain(self) -> FeeSchedule {
        FeeSchedule {
            items: self.items.into_iter().map(ItemEntry::into_domain).collect(),
            exemptions: self
                .exemptions
                .into_iter()
                .map(ExemptionEntry::into_domain)
                .collect(),
        }
    }
}

impl ItemEntry {
    fn into_domain(self) -> FeeItem {
        FeeItem {
            id: self.id,
            label: self.label.into_domain(),
            rule: self.rule.into_domain(),
            channels: self
                .channels
                .into_iter()
                .map(ChannelEntry::into_domain)
                .collect(),
            case: self.case,
            paid: if self.on_request {
                FeePaid::OnRequest
            } else {
                FeePaid::Always
            },
        }
    }
}

impl ExemptionEntry {
    fn into_domain(self) -> Exemption {
        Exemption {
            id: self.id,
            ground: self.ground.into_domain(),
            items: self.items,
            percent: self.percent,
        }
    }
}

impl RuleEntry {
    fn into_domain(self) -> FeeRule {
        match self {
            RuleEntry::Free(_) => FeeRule::Free,
            RuleEntry::Flat(amount) => FeeRule::Flat {
                amount: amount.into_domain(),
            },
            RuleEntry::PerCopy(amount) => FeeRule::PerCopy {
                amount: amount.into_domain(),
            },
            RuleEntry::PerPage { steps, cap } => FeeRule::PerPage {
                steps: steps.into_iter().map(StepEntry::into_domain).collect(),
                cap: cap.map(Amount::into_domain),
            },
            RuleEntry::PerPerson(amount) => FeeRule::PerPerson {
                amount: amount.into_domain(),
            },
            RuleEntry::PerCase(amount) => FeeRule::PerCase {
                amount: amount.into_domain(),
            },
            RuleEntry::OnTime {
                within_days,
                event,
                late,
            } => FeeRule::OnTime {
                within_days,
                event,
                late: Box::new(late.into_domain()),
            },
            RuleEntry::SetByProvince(_) => FeeRule::SetByProvince,
            RuleEntry::Unstated(_) => FeeRule::Unstated,
        }
    }
}

impl StepEntry {
    fn into_domain(self) -> PageStep {
        PageStep {
            from_page: self.from_page,
            each: self.each.into_domain(),
        }
    }
}

impl Amount {
    fn into_domain(self) -> Money {
        match self {
            Amount::Dong(dong) => Money::vnd(dong),
            Amount::Dollars { usd_cents } => Money {
                minor: usd_cents,
                currency: Currency::Usd,
            },
        }
    }
}

impl ChannelEntry {
    fn into_domain(self) -> Channel {
        match self {
            ChannelEntry::Counter => Channel::Counter,
            ChannelEntry::Online => Channel::Online,
            ChannelEntry::Post => Channel::Post,
        }
    }
}
