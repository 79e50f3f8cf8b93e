//! Share links: a spec as the part of an address after `#`.
//!
//! `v=1&e=3&m=MODEL&…&k=CHECKSUM`: readable `key=value` pairs in a fixed order, only what differs from the defaults,
//! patterns packed eight cells a byte. Settings stand under their own names (`rule=storkey`). The checksum comes
//! last, so that a link that was cut off lacks it. A link carries the experiment and how it is shown, but not the
//! tags and expectations of a preset file.

pub(crate) mod pack;
mod read;
mod write;

pub use read::{Problem, ProblemKind, Reading, read};
pub use write::write;

/// Longest link that is read, in bytes.
pub const MAX_LINK_BYTES: usize = 64 << 10;

/// How an embed is shown: pairs that may stand anywhere in an address, and that are no part of the experiment. The page
/// reads them; here they are passed over.
pub const DISPLAY: [&str; 5] = ["ui", "theme", "autoplay", "hide", "bg"];

/// Keys with a fixed meaning; no control may have such a name.
pub const RESERVED: [&str; 46] = [
    "v", "e", "m", "seed", "p", "grey", "values", "xy", "edges", "cue", "cues", "noise", "beside", "n", "g",
    "set", "size", "take", "random", "walsh", "bars", "task", "grid", "w", "b", "learned", "do", "start",
    "state", "unk", "flip", "mask", "half", "block", "shuffle", "to", "clamp", "view", "title", "text", "k",
    DISPLAY[0], DISPLAY[1], DISPLAY[2], DISPLAY[3], DISPLAY[4],
];

/// Characters of a value that need escaping.
const ESCAPED: percent_encoding::AsciiSet = percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b',')
    .remove(b':')
    .remove(b';');

/// CRC-32 of everything before the checksum, in hexadecimal.
fn checksum(text: &str) -> String {
    // Without tables: a link is short, and the page is light.
    let crc = crc::Crc::<u32, crc::NoTable>::new(&crc::CRC_32_ISO_HDLC);
    format!("{:08x}", crc.checksum(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spec;

    /// A model that has all that a link can say.
    const MODEL: &str = "hopfield";

    fn letters() -> Spec {
        let text = format!(
            r#"{{"v":1,"model":"{MODEL}","seed":7,"patterns":{{"set":"letters","take":"AJX","size":10}},
            "params":{{"rule":"storkey","update":"heat_bath","temperature":0.25}},
            "prepare":[{{"do":"damage","how":"cut","amount":0.5}}],
            "start":{{"pattern":1,"corrupt":{{"mask":0.25,"to":"unknown"}}}},"clamp":[3,5],
            "title":"A & B = ü","view":{{"keep":["rule"],"speed":40}}}}"#
        );
        Spec::parse(&text).unwrap()
    }

    #[test]
    fn a_link_gives_its_spec_back() {
        let link = write(&letters());
        assert!(link.contains("&rule=storkey&") && link.starts_with("v=1&e=3&m="), "{link}");
        let Reading::Spec { spec, notices } = read(&link, false) else { panic!("{link}") };
        assert_eq!((*spec, notices), (letters(), vec![]));
    }

    #[test]
    fn a_link_says_what_stands_on_the_stage_if_there_is_such_a_figure() {
        let mut shown = letters();
        shown.view.figure = Some("network".to_owned());
        let link = write(&shown);
        assert!(link.contains("&view=keep:rule,figure:network,speed:40&"), "{link}");
        let Reading::Spec { spec, notices } = read(&link, false) else { panic!("{link}") };
        assert_eq!((spec.view.figure.as_deref(), notices), (Some("network"), vec![]));
        // Of 100 neurons there are too many states.
        let unknown = link.replace("figure:network", "figure:landscape");
        let Reading::Spec { spec, notices } = read(&unknown, true) else { panic!("{unknown}") };
        assert!(
            spec.view.figure.is_none() && notices.iter().any(|n| n.contains("'landscape' is not a figure"))
        );
    }

    #[test]
    fn six_drawings_fit_a_chat_message() {
        let bits: Vec<String> = (0..6u32)
            .map(|k| (0..144u32).map(|i| if (i * 7 + k * 13) % 5 < 2 { '1' } else { '0' }).collect())
            .collect();
        let mut spec = Spec::new(MODEL);
        spec.patterns.width = Some(12);
        spec.patterns.height = Some(12);
        spec.patterns.bits = Some(bits);
        spec.start.state = Some("01?".repeat(48));
        let link = write(&spec);
        assert!(link.len() < 400, "{} characters: {link}", link.len());
        assert!(matches!(read(&link, false), Reading::Spec { spec: back, .. } if *back == spec));
    }

    #[test]
    fn how_an_embed_is_shown_is_no_part_of_the_experiment() {
        let link = write(&letters());
        let shown = format!("#theme=dark&{link}&ui=bare&hide=shelf,spoil&bg=");
        let Reading::Spec { spec, notices } = read(&shown, false) else { panic!("{shown}") };
        assert_eq!((*spec, notices), (letters(), vec![]));
        let Reading::Problem { problem, .. } = read("#ui=story&autoplay=0", false) else { panic!("read") };
        assert_eq!(problem.kind, ProblemKind::Empty);
    }

    #[test]
    fn broken_links_say_what_is_wrong() {
        let link = write(&letters());
        let kind = |text: &str| match read(text, false) {
            Reading::Problem { problem, .. } => problem.kind,
            Reading::Spec { .. } => panic!("read {text}"),
        };
        assert_eq!(kind(""), ProblemKind::Empty);
        assert_eq!(kind(&link[..link.len() - 20]), ProblemKind::Truncated);
        assert_eq!(kind(&link.replace("seed=7", "seed=8")), ProblemKind::Checksum);
        assert_eq!(kind("v=2&m=x&novel=1"), ProblemKind::Newer);
        assert_eq!(kind(&"v=1&".repeat(20_000)), ProblemKind::Invalid);
        let unknown = "v=1&e=3&m=nothing";
        assert_eq!(kind(&format!("{unknown}&k={}", checksum(unknown))), ProblemKind::UnknownModel);
    }

    #[test]
    fn every_cut_and_every_flipped_character_is_noticed_or_harmless() {
        let link = write(&letters());
        for end in 0..link.len() {
            assert!(matches!(read(&link[..end], false), Reading::Problem { .. }), "{}", &link[..end]);
            // Opened anyway, it must give a machine or a reason, never a panic.
            let _ = read(&link[..end], true);
        }
    }

    #[test]
    fn out_of_range_and_unknown_settings_are_said() {
        let text = format!("v=1&e=3&m={MODEL}&set=letters&size=10&temperature=5000&flavour=3");
        let Reading::Spec { spec, notices } = read(&format!("{text}&k={}", checksum(&text)), false) else {
            panic!()
        };
        assert_eq!(spec.params["temperature"], crate::value::Value::Number(1000.0));
        assert_eq!(notices.len(), 2, "{notices:?}");
        assert!(notices[0].contains("flavour") && notices[1].contains("5000"), "{notices:?}");
    }

    #[test]
    fn a_link_written_by_hand_opens_when_asked_to() {
        let text = format!("v=1&m={MODEL}&set=letters&take=AJX&size=10&flip=0.2");
        assert!(matches!(read(&text, false), Reading::Problem { salvage: true, .. }));
        let Reading::Spec { spec, .. } = read(&text, true) else { panic!() };
        assert_eq!(spec.start.corrupt.unwrap().flip, Some(0.2));
    }
}
