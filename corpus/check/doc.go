// Package check finds what is likely wrong in a translation, and says why.
//
// It is lexical: no model, no network, no dictionary but the readings of Chinese
// characters and a list of common misspellings. It cannot say that a unit is
// right; it says that figures, units, dates, names, quotation marks, repeated
// words and broken sentences were looked at, what they show, and what to read
// first.
//
// # Words
//
// A unit is what a reviewer sees at once: a source text, which may be empty, and
// a target text of one or several sentences. A check is one kind of doubt, with
// an id ("number.scale"), a manual page in both languages of the interface, and a
// pure function from a unit to findings. A finding says what, how grave, where
// in either text, and, where that is certain enough, what to put instead. Its key
// is a hash of the check, the evidence, the source and the passage: a dismissal
// that refers to it holds as long as none of these changes. Two findings of one
// unit have the same key only if they say the same thing of the same words.
//
// # Flow
//
//	in := check.Input{Source: "追回资金90亿元。", Target: "Some 90 billion yuan was recovered.", …}
//	r := check.Run(in, check.All())
//	check.Text(r.Findings[0], language.English) // "90亿元 = 9 billion; the text says 90 billion yuan."
//	check.Risk(in, r.Findings)                  // how much there is to fear, in [0, 1]
//
// Run takes the placeholders of markup out of both texts, splits words,
// sentences and quantities once for all checks, runs each check behind a guard
// (one that panics is named and stops no other), maps the spans back, computes
// the keys and sorts. RunDocument does the same for checks that need a whole
// document, such as figures that return; they speak once of a thing.
//
// # Severities
//
// Critical is a wrong magnitude, Major a wrong or broken statement, Minor a
// blemish, Neutral what is shown and never counted. When in doubt a check is
// silent: a reviewer who is sent astray twice stops looking.
//
// # Adding a check
//
// A file with a Check value, a line in registry.go, and testdata/<id>.txt with
// cases in which it must and must not speak.
//
// The glossary comes with the input, compiled once (NewTermbase); the data of the
// phrase list stand in package phrases. What a project switched off or lowered is
// a Policy. The memory of dismissals is not here.
package check
