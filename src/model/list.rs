//! A list that can stand in one piece of memory with others.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A list that never changes in place: a part of a longer list which it shares with others, for the
/// reasons of [`Text`](super::Text).
pub struct List<T> {
    /// The longer list; none for an empty one.
    block: Option<Arc<Vec<T>>>,
    from: u32,
    to: u32,
}

impl<T> List<T> {
    /// The part of a longer list between two positions; empty where it does not reach so far.
    #[must_use]
    pub fn part(block: &Arc<Vec<T>>, from: u32, to: u32) -> Self {
        if from >= to { Self::default() } else { Self { block: Some(Arc::clone(block)), from, to } }
    }

    /// The entries.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        match &self.block {
            Some(block) => block.get(self.from as usize..self.to as usize).unwrap_or_default(),
            None => &[],
        }
    }
}

impl<T: Clone> List<T> {
    /// The entries as a list of its own, for changing them.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        match self.block {
            Some(block) if self.from == 0 && block.len() == self.to as usize => {
                Arc::unwrap_or_clone(block)
            }
            block => Self { block, ..self }.as_slice().to_vec(),
        }
    }
}

impl<T: Clone> List<T> {
    /// The entries for changing them, as a list of its own where it was not one.
    pub fn make_mut(&mut self) -> &mut [T] {
        let own = std::mem::take(self).into_vec();
        *self = own.into();
        self.block.as_mut().map_or(&mut [], |block| Arc::make_mut(block).as_mut_slice())
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> From<Vec<T>> for List<T> {
    /// A list of its own. One of more than 2³² entries, which no reader makes, is cut off.
    fn from(list: Vec<T>) -> Self {
        let to = u32::try_from(list.len()).unwrap_or(u32::MAX);
        Self::part(&Arc::new(list), 0, to)
    }
}

impl<T, const N: usize> From<[T; N]> for List<T> {
    fn from(list: [T; N]) -> Self {
        Vec::from(list).into()
    }
}

impl<T> From<Box<[T]>> for List<T> {
    fn from(list: Box<[T]>) -> Self {
        list.into_vec().into()
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        entries.into_iter().collect::<Vec<T>>().into()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self { block: self.block.clone(), from: self.from, to: self.to }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { block: None, from: 0, to: 0 }
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_list_are_themselves() {
        let block = Arc::new(vec![1, 2, 3, 4]);
        assert_eq!(*List::part(&block, 1, 3), [2, 3]);
        assert_eq!(List::part(&block, 2, 2), List::default());
        assert_eq!(*List::part(&block, 3, 9), [] as [i32; 0], "beyond its end");
        assert_eq!(List::part(&block, 1, 3).into_vec(), [2, 3]);
        assert_eq!(List::from([5, 6]).into_vec(), [5, 6]);
    }
}
