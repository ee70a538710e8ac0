//! Changes of texts from a fixed seed, the same on every machine. Not here: any judgement of the answers.

use std::time::{Duration, Instant};

const ROUNDS: u32 = 20_000;
/// Far more than a slow machine needs for one input; only a hang takes it.
const LONGEST: Duration = Duration::from_secs(5);

/// Runs `look` on every seed as it is and on 20,000 changes of them; how often it said yes.
pub fn hammer(seeds: &[&str], mut look: impl FnMut(&str) -> bool) -> u32 {
    let mut yes = 0;
    for seed in seeds {
        yes += u32::from(look(seed));
    }
    let mut mutation = Mutation::new(0x0d00_2026_1123);
    for _ in 0..ROUNDS {
        let input = mutation.of(seeds);
        let began = Instant::now();
        yes += u32::from(look(&input));
        assert!(began.elapsed() < LONGEST, "a hang on {input:?}");
    }
    yes
}

/// Signs that parsers trip over.
const ODD: [&str; 24] = [
    "|",
    "||",
    "<",
    "<<",
    "\n",
    "\r\n",
    "\t",
    " ",
    "0",
    "O",
    "9",
    "-",
    ".",
    "Đ",
    "ễ",
    "e\u{302}\u{303}",
    "\u{202e}",
    "\u{FFFD}",
    "?",
    "X",
    "á»…",
    "\0",
    "😀",
    "\u{300}",
];

/// A source of changes: a xorshift generator, so that each run is the same.
pub struct Mutation {
    state: u64,
}

impl Mutation {
    pub fn new(seed: u64) -> Self {
        Mutation { state: seed | 1 }
    }

    /// A number below `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % most.max(1)
    }

    fn place(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64 + 1)).unwrap_or(0)
    }

    /// One of `seeds` after one to four changes.
    pub fn of(&mut self, seeds: &[&str]) -> String {
        let pick = self.place(seeds.len() - 1);
        let mut text: Vec<char> = seeds[pick].chars().collect();
        for _ in 0..=self.below(4) {
            self.change(&mut text, seeds);
        }
        text.into_iter().collect()
    }

    fn change(&mut self, text: &mut Vec<char>, seeds: &[&str]) {
        let (a, b) = (self.place(text.len()), self.place(text.len()));
        let (from, to) = (a.min(b), a.max(b));
        match self.below(7) {
            0 => drop(text.drain(from..to.min(from + 3))),
            1 => {
                let odd = ODD[self.place(ODD.len() - 1)];
                text.splice(from..from, odd.chars());
            }
            2 => {
                let copy: Vec<char> = text[from..to].to_vec();
                text.splice(from..from, copy);
            }
            3 => text.truncate(to.max(1)),
            4 => {
                let other: Vec<char> = seeds[self.place(seeds.len() - 1)].chars().collect();
                let cut = self.place(other.len());
                text.splice(from.., other[cut..].iter().copied());
            }
            5 => {
                if let Some(sign) = text.get_mut(from) {
                    *sign = char::from_u32(u32::try_from(self.below(0x2100)).unwrap_or(0))
                        .unwrap_or('x');
                }
            }
            _ => {
                for sign in text.iter_mut().skip(from).take(2) {
                    *sign = match *sign {
                        '0' => 'O',
                        'O' => '0',
                        other => other.to_ascii_lowercase(),
                    };
                }
            }
        }
    }
}
