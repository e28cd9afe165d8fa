//! The declared name that a misspelt one was probably meant to be. It knows names only, not what they stand for.

/// The candidate that the fewest edits turn `name` into; none where every candidate is too different to be a slip of the keyboard.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    let limit = (wanted.len() / 2).clamp(1, 4);
    candidates
        .into_iter()
        .map(|candidate| (distance(&wanted, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The half sentence that names the nearest candidate; empty where there is none.
pub fn suggestion<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, candidates).map_or_else(String::new, |candidate| format!(" (did you mean `{candidate}`?)"))
}

/// Names longer than this are compared by their beginnings, so that a hostile name cannot cost much.
const LONGEST: usize = 100;

/// The number of letters to insert, remove, replace or swap with their neighbour, whatever their case.
fn distance(wanted: &[char], candidate: &str) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=wanted.len()).collect();
    let mut previous = None;
    for (row, letter) in candidate.chars().take(LONGEST).flat_map(char::to_lowercase).enumerate() {
        let mut current = Vec::with_capacity(wanted.len() + 1);
        current.push(row + 1);
        let mut left = row + 1;
        let mut neighbour = None;
        for (column, own) in wanted.iter().enumerate() {
            let above = last.get(column + 1).copied().unwrap_or(usize::MAX);
            let corner = last.get(column).copied().unwrap_or(usize::MAX);
            let mut best = (left + 1).min(above + 1).min(corner + usize::from(*own != letter));
            if previous == Some(*own) && neighbour == Some(letter) && column > 0 {
                best = best.min(before.get(column - 1).copied().unwrap_or(usize::MAX - 1) + 1);
            }
            current.push(best);
            left = best;
            neighbour = Some(*own);
        }
        before = std::mem::replace(&mut last, current);
        previous = Some(letter);
    }
    last.last().copied().unwrap_or(usize::MAX)
}
