//! Offices from the command line: by table with a sheet each, and abroad.

use std::os::unix::fs::PermissionsExt;

use onedoor_protocol::enrol::Ticket;
use onedoor_testkit::temp::Folder;

use crate::{done, run};

#[test]
fn offices_by_table_get_a_sheet_each_and_a_mistake_adds_none() {
    let folder = Folder::new();
    let (data, out) = (folder.join("data"), folder.join("sheets"));
    let table = folder.join("offices.csv");
    let header = "id,name,parent,place,agency,province,counters";
    let good = format!("{header}\ncumgar,TT,UBND,Cư M'gar,H15.50.05.14,daklak,2\n");
    let words = [
        "office",
        "import",
        table.to_str().unwrap(),
        "--centre",
        "https://centre.example",
        "--out",
        out.to_str().unwrap(),
    ];
    std::fs::write(&table, format!("{good}x,TT,UBND,X,H15,daklak,99\n")).unwrap();
    let refused = run(&words, &data);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert!(said.starts_with("line 3\tcounters"), "{said}");
    std::fs::write(&table, good).unwrap();
    let said = done(&words, &data);
    assert!(said.ends_with("1 offices"), "{said}");
    let sheet = out.join("cumgar.html");
    let mode = std::fs::metadata(&sheet).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "its codes open a counter");
    let words = ["office", "sheet", "--office", "cumgar"];
    let words = words
        .iter()
        .chain(&["--centre", "https://centre.example", "--out"]);
    let words: Vec<&str> = words.copied().chain(out.to_str()).collect();
    let before = std::fs::read(&sheet).unwrap();
    assert!(done(&words, &data).ends_with("cumgar-2.html"), "a new one");
    assert_eq!(std::fs::read(&sheet).unwrap(), before, "beside the other");
    let leases = done(&["lease", "list"], &data);
    assert!(leases.contains("\t1000-1999\t9000-9099\t"), "{leases}");
    assert_eq!(leases.lines().count(), 2, "both counters: {leases}");
}

#[test]
fn a_mission_abroad_is_added_with_its_host_and_a_wrong_one_is_refused() {
    let folder = Folder::new();
    let data = folder.join("data");
    let words = "office add --id berlin --name DSQ --parent BNG --agency G16.99.01 --province BNG --place Berlin \
                 --time-zone Europe/Berlin";
    let add = |more: &[&str]| {
        let words: Vec<&str> = words
            .split_whitespace()
            .chain(more.iter().copied())
            .collect();
        run(&words, &data)
    };
    for (wrong, said) in [
        (["--host", "Germany", "--currency", "EUR"], "host country"),
        (["--host", "DE", "--currency", "XXX"], "currency"),
    ] {
        let output = add(&wrong);
        assert!(!output.status.success(), "{wrong:?}");
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(why.contains(said), "its reason: {why}");
    }
    assert!(add(&["--host", "DE", "--currency", "EUR"]).status.success());
    let file = data.join("berlin.ticket");
    let path = file.to_str().unwrap();
    let counter =
        "counter ticket --office berlin --counter 1 --centre https://centre.example --out";
    let words: Vec<&str> = counter.split(' ').chain([path]).collect();
    done(&words, &data);
    let ticket = Ticket::read(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let mission = ticket.enrolment.office.mission.unwrap();
    assert_eq!(
        (mission.host.as_str(), mission.currency.as_str()),
        ("DE", "EUR")
    );
}
