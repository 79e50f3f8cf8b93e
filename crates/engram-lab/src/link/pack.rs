//! Cells as text: eight a byte, first cell highest, in URL-safe base 64.

use base64ct::{Base64UrlUnpadded, Encoding as _};

/// Packs the cells that equal `mark`.
pub fn pack(cells: &str, mark: char) -> String {
    let cells: Vec<bool> = cells.chars().map(|c| c == mark).collect();
    let bytes: Vec<u8> = cells
        .chunks(8)
        .map(|chunk| chunk.iter().enumerate().fold(0, |byte, (bit, &on)| byte | u8::from(on) << (7 - bit)))
        .collect();
    Base64UrlUnpadded::encode_string(&bytes)
}

/// Unpacks `count` cells; none if the text is not exactly that many, padded with zeros.
pub fn unpack(text: &str, count: usize) -> Option<Vec<bool>> {
    let bytes = Base64UrlUnpadded::decode_vec(text).ok()?;
    if bytes.len() != count.div_ceil(8) {
        return None;
    }
    let bit = |i: usize| bytes[i / 8] >> (7 - i % 8) & 1 == 1;
    (count..bytes.len() * 8).all(|i| !bit(i)).then(|| (0..count).map(bit).collect())
}

/// Cells as `1` and `0`.
pub fn digits(cells: &[bool]) -> String {
    cells.iter().map(|&on| if on { '1' } else { '0' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back() {
        let cells = "1100101011110000101";
        assert_eq!(digits(&unpack(&pack(cells, '1'), cells.len()).unwrap()), cells);
        assert!(unpack(&pack(cells, '1'), 3).is_none());
        assert!(unpack("AB", 4).is_none(), "set bits beyond the end");
    }
}
