// Package diff compares two wordings of a sentence, and two lists of sentences,
// the way a person reads them.
//
// A diff that works on characters shreds English words ("issued" against
// "released" shares four letters that mean nothing), and one that works on words
// knows no words in Chinese. This package therefore first cuts a text into
// tokens, what a reader takes in at one glance:
//
//   - a word, by the word boundaries of Unicode Standard Annex 29, in scripts
//     that separate words;
//   - a single character in Chinese, in Japanese hiragana, in Thai and other
//     scripts that do not;
//   - a whole number, date or time: 1,234.5, 3368.4万, 12.5%, 16:30,
//     2026-05-07, 2026年5月7日, 二〇二六年. No diff ever cuts one in two;
//   - an emoji or a letter with its combining marks;
//   - one placeholder, a code point from U+F0000 to U+FFFFD, by which the logical
//     text of a Markdown sentence stands for markup that is kept as it is;
//   - a run of white space;
//   - a single mark of punctuation.
//
// [Texts] then gives the edits between two texts:
//
//	Texts("处置3368.4万起。", "处置3368.4亿起。")
//	// = "处置", -"3368.4万", +"3368.4亿", = "起。"
//
// The pieces are those of the two texts byte for byte: what is equal or deleted
// makes up the old one, what is equal or inserted the new one. [Ratio] says how
// much of them changed, [Reanchor] carries a marked passage from one to the
// other, and [Sequences] compares two lists of opaque keys, such as the
// sentences of two versions of a document.
//
// The difference is the smallest one (Myers 1986, through go-diff) as long as
// fewer than a few thousand tokens differ. Beyond that, long runs that occur once
// on each side divide the task, and a part that has none counts as replaced whole,
// so that two large texts that have nothing in common end in linear time and not
// in hours. No clock is involved: the same texts always give the same edits.
//
// Texts that are not valid UTF-8 are never taken apart: unless they are equal,
// the one is replaced whole by the other.
//
// The package finds no moved text, knows nothing of meaning, and draws nothing.
package diff
