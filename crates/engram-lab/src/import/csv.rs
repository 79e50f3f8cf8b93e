//! CSV: a row a picture, a column a cell.

use engram::pattern::Pictures;

use super::{
    Extent, Imported, MAX_PICTURES, NO_SPAN, Span, check_classes, check_count, check_file, numbered,
    pictures, refuse, sides,
};
use crate::LabError;
use crate::object::shown;

/// The heading of the column that has the classes.
const LABEL: &str = "label";

/// Reads rows of numbers from 0 to 1, from 0 to 255 or from −1 to 1, separated by commas, semicolons or tabs. A first row
/// with anything but numbers has the headings; a column with the heading `label` has the classes, numbers or words, and
/// may stand anywhere. Classes that are whole numbers have their order, words the order in which they come. Rows are
/// squares if no `size` (width, height) is given. Empty lines count for nothing.
///
/// # Errors
/// What is no such text, or too much of it; numbers that are in none of the ranges.
pub fn csv(file: &[u8], size: Option<(usize, usize)>) -> Result<Imported, LabError> {
    check_file("pictures", file)?;
    let text = str::from_utf8(file).map_err(|_| LabError::new("pictures", "this is no text in UTF-8"))?;
    let table = Table::of(text.strip_prefix('\u{FEFF}').unwrap_or(text))?;
    let (levels, span, labels) = table.read()?;
    let cells = table.columns - usize::from(table.label.is_some());
    let pictures = pictures(sides(cells, size)?, &levels)?;
    let pictures = if table.label.is_some() { classed(pictures, labels)? } else { pictures };
    Ok(Imported { pictures, span })
}

fn classed(pictures: Pictures, labels: Vec<String>) -> Result<Pictures, LabError> {
    let numbers: Option<Vec<i64>> = labels.iter().map(|label| label.parse().ok()).collect();
    if let Some(numbers) = numbers {
        return numbered(pictures, &numbers);
    }
    let (mut names, mut classes) = (Vec::new(), Vec::new());
    for label in labels {
        let class = names.iter().position(|name| *name == label);
        classes.push(class.unwrap_or(names.len()) as u8);
        if class.is_none() {
            check_classes(names.len() + 1)?;
            names.push(label);
        }
    }
    pictures.with_classes(names, classes).map_err(refuse("labels"))
}

/// Rows of fields, all of one length.
struct Table<'a> {
    text: &'a str,
    separator: char,
    columns: usize,
    /// Whether the first row has the headings.
    headed: bool,
    label: Option<usize>,
}

impl<'a> Table<'a> {
    fn of(text: &'a str) -> Result<Self, LabError> {
        let Some((line, first)) = lines(text).next() else {
            return Err(LabError::new("pictures", "there is nothing in this file"));
        };
        let separator = [',', ';', '\t'].into_iter().find(|&c| first.contains(c)).unwrap_or(',');
        let headings: Option<Vec<_>> = fields(first, separator).collect();
        let headings = headings.ok_or_else(|| open_quote(line))?;
        let headed = headings.iter().any(|field| number(field).is_none());
        let mut labels = (0..headings.len()).filter(|&column| headings[column].eq_ignore_ascii_case(LABEL));
        let label = labels.next();
        if let Some(second) = labels.next() {
            let at = format!("line {line}, column {}", second + 1);
            return Err(LabError::new(at, "there are two columns with the heading label; there may be one"));
        }
        Ok(Self { text, separator, columns: headings.len(), headed, label })
    }

    /// Rows of fields that are there, each with its line.
    fn rows(&self) -> impl Iterator<Item = (usize, &'a str)> {
        lines(self.text).skip(usize::from(self.headed))
    }

    /// Levels of all cells, row by row, what the numbers were taken to be, and the labels.
    fn read(&self) -> Result<(Vec<u8>, Span, Vec<String>), LabError> {
        let (mut extent, mut labels) = (Extent::default(), Vec::new());
        let mut count = 0;
        for (line, row) in self.rows() {
            count += 1;
            // The rest is not even looked at.
            if count > MAX_PICTURES {
                break;
            }
            self.check(line, row, &mut extent, &mut labels)?;
        }
        check_count("pictures", count)?;
        let span = extent.span().map_err(|(found, (line, column))| {
            LabError::new(place(line, column), format_args!("{found} cannot be: {NO_SPAN}"))
        })?;
        // Twice through the text takes less memory than all numbers as they are.
        let mut levels = Vec::new();
        for (_, row) in self.rows() {
            let fields =
                fields(row, self.separator).enumerate().filter(|(column, _)| Some(*column) != self.label);
            levels.extend(fields.filter_map(|(_, field)| number(&field?)).map(|number| span.level(number)));
        }
        Ok((levels, span, labels))
    }

    /// Meets the numbers of a row and takes its label.
    fn check(
        &self,
        line: usize,
        row: &str,
        extent: &mut Extent,
        labels: &mut Vec<String>,
    ) -> Result<(), LabError> {
        let mut found = 0;
        for (column, field) in fields(row, self.separator).enumerate() {
            let field = field.ok_or_else(|| open_quote(line))?;
            found += 1;
            if Some(column) == self.label {
                if field.is_empty() {
                    return Err(LabError::new(place(line, column + 1), "there is no label here"));
                }
                labels.push(field.into_owned());
                continue;
            }
            let Some(number) = number(&field) else {
                let message = format!(
                    "'{}' is no number; a column of classes needs the heading {LABEL}",
                    shown(&field)
                );
                return Err(LabError::new(place(line, column + 1), message));
            };
            extent.meet((number, (line, column + 1)));
        }
        if found == self.columns {
            return Ok(());
        }
        let message = format_args!("there are {found} columns here and {} in the first row", self.columns);
        Err(LabError::new(format!("line {line}"), message))
    }
}

fn place(line: usize, column: usize) -> String {
    format!("line {line}, column {column}")
}

fn open_quote(line: usize) -> LabError {
    LabError::new(format!("line {line}"), "a quotation mark is not closed, or something follows it")
}

/// Lines that are not empty, counted from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

/// Fields of a line, without spaces around them and without their quotation marks; None, at the end, where a quotation is
/// not closed.
fn fields(line: &str, separator: char) -> impl Iterator<Item = Option<std::borrow::Cow<'_, str>>> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some(inside) = text.trim_start_matches(' ').strip_prefix('"') else {
            let (field, behind) =
                text.split_once(separator).map_or((text, None), |(field, rest)| (field, Some(rest)));
            rest = behind;
            return Some(Some(field.trim().into()));
        };
        // A doubled quotation mark is one within the field.
        let mut end = 0;
        let end = loop {
            let Some(mark) = inside[end..].find('"') else {
                return Some(None);
            };
            if !inside[end + mark + 1..].starts_with('"') {
                break end + mark;
            }
            end += mark + 2;
        };
        let behind = inside[end + 1..].trim_start_matches(' ');
        rest = behind.strip_prefix(separator);
        if rest.is_none() && !behind.trim_end().is_empty() {
            return Some(None);
        }
        Some(Some(inside[..end].replace("\"\"", "\"").into()))
    })
}

/// A number as JSON has it: small whole ones, which most are, without its reader.
fn number(text: &str) -> Option<f64> {
    if (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.bytes().fold(0.0, |number, digit| number * 10.0 + f64::from(digit - b'0')));
    }
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(text: &str) -> Vec<u8> {
        csv(text.as_bytes(), None).unwrap().pictures.all().all_levels()
    }

    #[test]
    fn rows_are_pictures() {
        let read = csv(b"0,1,2,3\n4,5,6,255\n", None).unwrap();
        assert_eq!((read.pictures.width(), read.pictures.all().count(), read.span), (2, 2, Span::Byte));
        assert_eq!(read.pictures.all().all_levels(), [0, 1, 2, 3, 4, 5, 6, 255]);
        assert!(read.pictures.class_names().is_empty());
        // Marks of order, headings, line ends, spaces, empty lines, separators, quotation marks.
        assert_eq!(levels("\u{FEFF}a, b ,c,d\r\n\r\n 1, 2 ,3,4\r\n"), [1, 2, 3, 4]);
        assert_eq!(levels("0.5;1.0;0;1e-3"), [128, 255, 0, 0]);
        assert_eq!(levels("-1\t-1\t1\t\"0.5\""), [0, 0, 255, 191]);
        let wide = csv(b"0,1,1,0,1,0", Some((3, 2))).unwrap();
        assert_eq!((wide.pictures.width(), wide.pictures.depth(), wide.span), (3, 1, Span::Unit));
    }

    #[test]
    fn a_column_of_labels_may_stand_anywhere() {
        let read = |text: &str| {
            let pictures = csv(text.as_bytes(), None).unwrap().pictures;
            (pictures.class_names().to_vec(), pictures.all().classes().to_vec(), pictures.all().all_levels())
        };
        let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        assert_eq!(
            read("Label,pixel0\n10,7\n9,8\n10,9\n"),
            (names(&["9", "10"]), vec![1, 0, 1], vec![7, 8, 9])
        );
        assert_eq!(
            read("x,\"label\"\n7,\"T-shirt, \"\"top\"\"\"\n8,bag\n9,\"bag\"\n"),
            (names(&["T-shirt, \"top\"", "bag"]), vec![0, 1, 1], vec![7, 8, 9])
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let said = |text: &str| csv(text.as_bytes(), None).unwrap_err().to_string();
        assert_eq!(said("1\n2\n\n300"), format!("line 4, column 1: 300 cannot be: {NO_SPAN}"));
        assert!(said("-1,0\n0,2").starts_with("line 2, column 2: 2 cannot be"));
        assert!(
            said("1,2,3,4\n1,2,x,4").starts_with("line 2, column 3: 'x' is no number; a column of classes")
        );
        assert!(said("1,2,3,4\n1,2,,4").starts_with("line 2, column 3: '' is no number"));
        assert!(said("1\nNaN").contains("'NaN' is no number") && said("1\ninf").contains("'inf'"));
        assert_eq!(said("1,2,3,4\n1,2,3"), "line 2: there are 3 columns here and 4 in the first row");
        assert!(said("label,x\n,1").starts_with("line 2, column 1: there is no label"));
        assert!(said("label,LABEL\n1,1").starts_with("line 1, column 2: there are two columns"));
        assert!(said("label\n1").contains("0 cells a picture are no square"));
        assert!(said("1,2,3").contains("size: 3 cells a picture are no square"));
        assert!(
            said("1,\"2").starts_with("line 1: a quotation mark") && said("1\n\"2\"x").starts_with("line 2")
        );
        assert!(said("").contains("nothing in this file") && said("\n \n").contains("nothing"));
        assert!(said("a,b\n").contains("0 pictures are not possible"));
        assert!(said(&"1\n".repeat(20_001)).contains("20001 pictures"));
        let words: String = (0..256).map(|k| format!("{k}a,1\n")).collect();
        assert!(
            said(&format!("label,x\n{words}")).contains("labels: there are more than 255 different labels")
        );
        assert!(csv(&[0xFF, 0xFE, 0], None).unwrap_err().to_string().contains("UTF-8"));
        assert!(csv(b"PK\x03\x04", None).unwrap_err().to_string().contains("unpack"));
        let long = format!("label,x\n{},1\n", "a".repeat(300));
        assert!(said(&long).contains("labels: class 0 needs a name"));
    }
}
