//! The beginnings of IDX files: two zero bytes, the type of a number, how many dimensions there are, the size of each as
//! 4 bytes with the highest first, and bytes.

use crate::Result;

/// One file of the first so many entries of each of several files, one after the other.
pub fn first(files: &[(&Vec<u8>, usize)]) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    let mut count = 0u32;
    for &(file, wanted) in files {
        let (head, sizes) = head(file).ok_or("a file in the package is no IDX file of bytes")?;
        let entry: usize = sizes[1..].iter().product();
        let entries = &file[head.len()..];
        if wanted > sizes[0] || entries.len() != sizes[0] * entry {
            let (found, bytes) = (sizes[0], entries.len());
            return Err(format!(
                "{wanted} entries were wanted of {found} entries of {entry} in {bytes} bytes"
            ));
        }
        if all.is_empty() {
            all.extend(head);
        } else if all[..4] != head[..4] || all[8..head.len()] != head[8..] {
            return Err("the files in the package are of different sizes".into());
        }
        all.extend(&entries[..wanted * entry]);
        count += wanted as u32;
    }
    all[4..8].copy_from_slice(&count.to_be_bytes());
    Ok(all)
}

/// The head of a file of bytes, and its sizes, of which there is at least one.
fn head(file: &[u8]) -> Option<(&[u8], Vec<usize>)> {
    let &[0, 0, 8, dimensions @ 1..=255] = file.first_chunk()? else {
        return None;
    };
    let head = file.get(..4 + 4 * usize::from(dimensions))?;
    let size = |size: &[u8]| size.iter().fold(0, |size, &byte| size << 8 | usize::from(byte));
    Some((head, head[4..].chunks(4).map(size).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_file_are_taken() {
        let file = |count: u8, bytes: &[u8]| [&[0, 0, 8, 2, 0, 0, 0, count, 0, 0, 0, 2][..], bytes].concat();
        let (one, two) = (file(3, &[1, 2, 3, 4, 5, 6]), file(1, &[7, 8]));
        assert_eq!(first(&[(&one, 2), (&two, 1)]).unwrap(), file(3, &[1, 2, 3, 4, 7, 8]));
        assert_eq!(first(&[(&one, 1), (&two, 0)]).unwrap(), file(1, &[1, 2]));
        assert!(first(&[(&one, 4)]).unwrap_err().contains("4 entries were wanted of 3"));
        assert!(first(&[(&file(3, &[1]), 1)]).is_err() && first(&[(&vec![0, 0, 8], 1)]).is_err());
        let labels = [&[0, 0, 8, 1, 0, 0, 0, 1][..], &[7]].concat();
        assert!(first(&[(&labels, 1), (&labels, 1)]).is_ok() && first(&[(&one, 1), (&labels, 1)]).is_err());
    }
}
