//! What of sync, numbers and the office's feed a person must look at. Not here: whether the link stands (`sync_link`).

use crate::{
    desk::Desk,
    dto::AttentionItem,
    error::Result,
    incarnation,
    rules::{part_of, part_word},
    sync_link::NUMBERS_STOPPED,
};
use onedoor_store::{Store, tables::filings::Which};
use onedoor_sync::{Link as Reached, Status, TransportError, http::secure};
use std::collections::BTreeMap;

impl Desk {
    pub(crate) fn attention(&self, store: &Store, status: &Status) -> Result<Vec<AttentionItem>> {
        let item = |code: &str,
                    id: String,
                    filing: Option<String>,
                    params: BTreeMap<String, String>| AttentionItem {
            id,
            code: code.to_string(),
            filing,
            params,
        };
        let mut items = Vec::new();
        for (link, code) in [(Reached::Fork, "fork"), (Reached::Refused, "refused")] {
            if status.link == link {
                items.push(item(code, code.to_string(), None, BTreeMap::new()));
            }
        }
        // Said as long as it holds, also after a restart and without a network.
        if let Some(why) = store.read(|reader| reader.setting(NUMBERS_STOPPED))? {
            let known = [incarnation::RESTORED, incarnation::OTHER_MACHINE].into_iter();
            let code = known.into_iter().find(|code| *code == why);
            let code = code.unwrap_or("numbers_stopped");
            items.push(item(code, code.into(), None, BTreeMap::new()));
        }
        let waiting: u64 =
            store.read(|reader| Ok(reader.formers()?.iter().map(|former| former.waiting).sum()))?;
        if waiting > 0 {
            let params = BTreeMap::from([("n".to_string(), waiting.to_string())]);
            items.push(item(
                "salvage_waiting",
                "salvage_waiting".into(),
                None,
                params,
            ));
        }
        let missing = self.missing_numbers(self.now().date())?.len();
        if missing > 0 {
            let params = BTreeMap::from([("n".to_string(), missing.to_string())]);
            items.push(item(
                "numbers_missing",
                "numbers_missing".into(),
                None,
                params,
            ));
        }
        if incarnation::is_held(store, &self.now().date().to_string())? {
            items.push(item(
                "canary_lost",
                "canary_lost".into(),
                None,
                BTreeMap::new(),
            ));
        }
        if store.canary().unwritten {
            items.push(item(
                "canary_unwritten",
                "canary_unwritten".into(),
                None,
                BTreeMap::new(),
            ));
        }
        // Joined by an older program: this one sends nothing in the clear.
        if let Ok(workstation) = self.workstation()
            && secure(&workstation.centre) == Err(TransportError::NotSecure)
        {
            let code = "centre_not_secure";
            items.push(item(code, code.into(), None, BTreeMap::new()));
        }
        for line in &status.quarantined {
            let params = BTreeMap::from([("code".to_string(), line.code.clone())]);
            items.push(item(
                "quarantined",
                format!("line-{}", line.seq),
                None,
                params,
            ));
        }
        let provisional = store.read(|reader| reader.filings(&Which::Provisional, "", 20))?;
        for row in provisional {
            let id = row.id.to_string();
            let params = BTreeMap::from([("code".into(), row.provisional.unwrap_or_default())]);
            let filing = Some(id.clone());
            items.push(item("provisional_number", id, filing, params));
        }
        self.feed_attention(store, status, &mut items)?;
        let missing = store.read(|reader| {
            let ids = reader.without_form(crate::receipt::FORM, 20)?;
            ids.into_iter()
                .map(|id| reader.filing(id))
                .collect::<std::result::Result<Vec<_>, _>>()
        })?;
        for row in missing.into_iter().flatten() {
            let id = row.id.to_string();
            let code = row.code.or(row.provisional).unwrap_or_default();
            items.push(item(
                "receipt_missing",
                id.clone(),
                Some(id),
                BTreeMap::from([("code".into(), code)]),
            ));
        }
        Ok(items)
    }

    /// What of the office's feed a person must look at.
    fn feed_attention(
        &self,
        store: &Store,
        status: &Status,
        items: &mut Vec<AttentionItem>,
    ) -> Result<()> {
        let (unapplied, contradicted) = store.read(|reader| {
            let contradicted = reader.filings(&Which::Contradicted, "", 20)?;
            Ok((reader.unapplied(20)?, contradicted))
        })?;
        for line in unapplied {
            let counter = match line.counter.as_str() {
                "" => "none".to_string(),
                name => name.to_string(),
            };
            let name = [("counter".to_string(), counter)];
            items.push(AttentionItem {
                id: format!("peer-{}-{}", line.ws.simple(), line.seq),
                code: match line.why.as_str() {
                    "unknown_type" => "peer_newer",
                    "broken_chain" => "peer_changed",
                    _ => "peer_unapplied",
                }
                .to_string(),
                filing: None,
                params: BTreeMap::from(name),
            });
        }
        for row in contradicted {
            let code = row.code.or(row.provisional).unwrap_or_default();
            items.push(AttentionItem {
                id: format!("contradicted-{}", row.id),
                code: "contradicted".into(),
                filing: Some(row.id.to_string()),
                params: BTreeMap::from([("code".to_string(), code)]),
            });
        }
        for fact in store.read(|reader| reader.refused_facts(20))? {
            let kind = BTreeMap::from([("kind".to_string(), fact.kind)]);
            items.push(AttentionItem {
                id: format!("fact-{}", fact.feed_seq),
                code: "fact_refused".into(),
                filing: None,
                params: kind,
            });
        }
        self.unusable_documents(store, items)?;
        for row in self.staff_kept(store)? {
            items.push(AttentionItem {
                id: format!("staff-{}", row.id),
                code: "staff_last".into(),
                filing: None,
                params: BTreeMap::from([("name".to_string(), row.name)]),
            });
        }
        if status.feed_lost {
            items.push(AttentionItem {
                id: "feed-lost".into(),
                code: "feed_lost".into(),
                filing: None,
                params: BTreeMap::new(),
            });
        }
        Ok(())
    }

    /// Documents of the centre that came and can't be used.
    fn unusable_documents(&self, store: &Store, items: &mut Vec<AttentionItem>) -> Result<()> {
        let rules = self.rules();
        if rules.damaged.is_empty() && rules.newer.is_empty() {
            return Ok(());
        }
        for row in store.read(|reader| reader.office_documents())? {
            let Some(part) = part_of(&row.part).filter(|_| row.by_centre) else {
                continue;
            };
            let of = (part, row.hlc);
            let code = match (rules.damaged.contains(&of), rules.newer.contains(&of)) {
                (true, _) => "document_damaged",
                (_, true) => "document_newer",
                _ => continue,
            };
            let part = ("part".to_string(), part_word(part).to_string());
            items.push(AttentionItem {
                id: format!("document-{}-{}", row.part, row.hlc),
                code: code.into(),
                filing: None,
                params: BTreeMap::from([part, ("title".to_string(), row.title)]),
            });
        }
        Ok(())
    }
}
