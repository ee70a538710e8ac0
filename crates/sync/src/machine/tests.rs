//! The machine against a model of centre, journal and line: whatever happens in whatever order, the mark never goes beyond
//! what the centre has, nothing is asked while a request is under way, and a calm line empties the journal and brings
//! what colleagues did.

mod said;
mod world;

use super::*;
use onedoor_protocol::batch::WantedBlob;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use said::{SIZE, hash};
use world::World;

/// What the world does next.
#[derive(Debug, Clone)]
enum Act {
    Journal(u8),
    Scan,
    /// Colleagues at other counters did something.
    News(u8),
    /// The centre came back from an older state of its feed.
    OlderFeed(u8),
    /// The centre trims the beginning of its feed.
    Trim(u8),
    /// A clerk wants to see a paper of another counter.
    Want,
    SendNow,
    Tick,
    /// The request under way is answered as it should be.
    Answer,
    /// It never came there.
    Lose,
    /// It came there, the answer did not come back.
    LoseAnswer,
    Portal,
    Busy,
    /// The store could not.
    Stuck,
    Kill,
    Pause,
    Resume,
    /// An answer that nobody waits for.
    Stray,
}

/// Journal, mark and centre, as numbers of lines and scans.
#[derive(Debug, Clone, Default)]
struct Model;

impl ReferenceStateMachine for Model {
    type State = ();
    type Transition = Act;

    fn init_state() -> BoxedStrategy<()> {
        Just(()).boxed()
    }

    fn transitions((): &()) -> BoxedStrategy<Act> {
        prop_oneof![
            3 => (1_u8..20).prop_map(Act::Journal),
            1 => Just(Act::Scan),
            2 => (1_u8..9).prop_map(Act::News),
            1 => (1_u8..9).prop_map(Act::OlderFeed),
            1 => (1_u8..9).prop_map(Act::Trim),
            1 => Just(Act::Want),
            1 => Just(Act::SendNow),
            4 => Just(Act::Tick),
            12 => Just(Act::Answer),
            2 => Just(Act::Lose),
            2 => Just(Act::LoseAnswer),
            1 => Just(Act::Portal),
            1 => Just(Act::Busy),
            1 => Just(Act::Stuck),
            1 => Just(Act::Kill),
            1 => Just(Act::Pause),
            1 => Just(Act::Resume),
            1 => Just(Act::Stray),
        ]
        .boxed()
    }

    fn apply((): (), _: &Act) {}
}

impl StateMachineTest for World {
    type SystemUnderTest = World;
    type Reference = Model;

    fn init_test((): &()) -> World {
        World::new()
    }

    fn apply(mut world: World, (): &(), act: Act) -> World {
        world.act(&act);
        world.check();
        world
    }

    fn teardown(mut world: World, (): ()) {
        world.calm();
        world.check();
    }
}

proptest_state_machine::prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 5_000, max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nothing_is_lost_and_a_calm_line_empties_the_journal(sequential 1..80 => World);
}

#[test]
fn a_scan_has_its_turn_among_many_batches() {
    let mut world = World::new();
    world.act(&Act::Scan);
    world.act(&Act::Journal(200));
    world.act(&Act::SendNow);
    let mut batches = 0;
    while world.mark <= world.head {
        if matches!(world.under_way, Some(Output::Put { .. })) {
            assert!(
                batches <= 2 * u32::from(PATIENCE),
                "the scan waited for {batches} batches"
            );
            return;
        }
        batches += u32::from(matches!(world.under_way, Some(Output::Send { .. })));
        world.act(&Act::Answer);
    }
    panic!("all lines went before the scan had a turn");
}

#[test]
fn scans_wait_for_their_hours_and_for_an_unmetered_line_lines_never() {
    let night = Policy {
        window: Some(Window {
            from: 1080,
            to: 360,
        }),
        ..Policy::default()
    };
    let metered = Policy {
        metered: true,
        ..Policy::default()
    };
    for policy in [night, metered] {
        let mut world = World::new();
        world.machine = Machine::new(0, 0, PageSize::default(), policy);
        world.act(&Act::Scan);
        world.act(&Act::SendNow);
        for _ in 0..40 {
            world.act(&Act::Answer);
        }
        assert_eq!(world.mark, world.head + 1, "the line went");
        assert!(
            world.chunks_there.is_empty(),
            "the scan did not, with {policy:?}"
        );
    }
    assert!(
        night.of_now(1_200, vec![waiting()]).len() == 1,
        "at eight in the evening it may"
    );
    let urgent = Waiting {
        urgent: true,
        ..waiting()
    };
    assert!(
        metered.of_now(600, vec![urgent]).len() == 1,
        "an urgent one always may"
    );
}

fn waiting() -> Waiting {
    Waiting {
        sha256: hash(1),
        size: SIZE,
        urgent: false,
    }
}

#[test]
fn what_the_centre_asks_for_goes_before_older_scans_also_in_the_next_contact() {
    let (older, asked) = (said::scan(hash(1)), said::scan(hash(2)));
    let work = |next: u64| Work {
        enrolled: true,
        next,
        head: 1,
        blobs: vec![older, asked],
        ..Work::default()
    };
    let want = vec![WantedBlob {
        sha256: asked.sha256,
        missing: Vec::new(),
    }];
    let answer = BatchAnswer {
        want,
        ..said::answer(2)
    };
    let welcome = || Input::Greeted(Ok(Greeting::Welcome { feed: Some(0) }));
    let sent = Input::Sent {
        result: Ok(BatchOutcome::Taken(answer)),
        last: 1,
        bytes: 900,
        took: 80,
    };
    let mut machine = Machine::new(0, 0, PageSize::default(), Policy::default());
    let mut last = None;
    let contact = [
        Input::Now,
        Input::Seen(work(1)),
        welcome(),
        Input::Seen(work(1)),
        sent,
    ];
    let believed = [Input::Believed(Believed::Advanced(2)), Input::Seen(work(2))];
    for input in contact.into_iter().chain(believed) {
        last = machine.step(0, 0, input);
    }
    assert_eq!(last, Some(Output::Ask(vec![asked, older])));
    // The line breaks before the centre could answer.
    machine.step(0, 0, Input::Asked(Err(TransportError::Offline)));
    for input in [
        Input::Now,
        Input::Seen(work(2)),
        welcome(),
        Input::Seen(work(2)),
    ] {
        last = machine.step(0, 0, input);
    }
    assert_eq!(last, Some(Output::Ask(vec![asked, older])));
}
