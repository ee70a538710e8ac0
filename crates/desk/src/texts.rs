//! The texts of the forms, from the same Fluent files as the screen's. Forms are Vietnamese: they are official papers;
//! a mission abroad has English beside it.

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use onedoor_protocol::journal::FilingReceived;
use std::sync::LazyLock;

/// The catalogue of one language.
pub struct Texts(FluentBundle<FluentResource>);

impl Texts {
    /// The catalogue that ships with the program. A message that Fluent can't read is left out and shows as its key.
    pub fn shipped() -> Self {
        Self::read("vi", include_str!("../../../assets/i18n/vi.ftl"))
    }

    /// The English one, for papers in both languages; read at the first of them.
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Texts> =
            LazyLock::new(|| Texts::read("en", include_str!("../../../assets/i18n/en.ftl")));
        &ENGLISH
    }

    fn read(language: &str, source: &str) -> Self {
        let resource =
            FluentResource::try_new(source.to_string()).unwrap_or_else(|(resource, errors)| {
                tracing::error!(count = errors.len(), "messages that can't be read");
                resource
            });
        let mut bundle = FluentBundle::new_concurrent(vec![language.parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        if bundle.add_resource(resource).is_err() {
            tracing::error!("a message stands twice in the catalogue");
        }
        Texts(bundle)
    }

    /// A text by its key; the key itself where there is none, so that a gap is seen and not silent.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &FluentArgs::new())
    }

    /// A text with its parameters.
    pub fn with(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else {
            return key.to_string();
        };
        let mut errors = Vec::new();
        self.0
            .format_pattern(pattern, Some(args), &mut errors)
            .into_owned()
    }

    /// What to bring, and which paper this one stands for where the number is another since.
    pub fn note(&self, line: &FilingReceived) -> String {
        let bring = self.get("form01-bring");
        match (&line.code, &line.provisional) {
            (Some(_), Some(provisional)) => {
                let mut args = FluentArgs::new();
                args.set("number", provisional.as_str());
                format!("{} {bring}", self.with("form01-replaces", &args))
            }
            _ => bring,
        }
    }
}
