// Package phrases is the list of set phrases of Chinese government language:
// slogans, four-character formulas, institutions, campaigns and false friends,
// each with renderings that are in use, renderings that machines produce
// wrongly, and a note in both languages of the interface.
//
// # Data
//
// The entries stand in data/*.txt, one file a subject, a block an entry, blank
// lines between. A line is a key and its value; several values are parted by
// " | ", a line that begins with # is a remark:
//
//	id she-hui-zhi-an
//	zh 社会治安 | 社會治安
//	unless 社保
//	good public order | law and order | public security
//	bad social security | society security
//	kind mistranslation major noun
//	en Public order; 社会保障 is what is called social security.
//	cn 指社会秩序，不是社会保障。
//
// "unless" holds Chinese words beside which the bad renderings may be right.
// "alone" has bad renderings that are right in no context, so that they are
// reported without a source too. "kind" is a category of flags, a severity,
// and "noun" where the first good rendering can simply take the place of a bad
// one. "scope" is prc, tw or hk where the word belongs to one administration.
//
// # Patterns
//
// Renderings are words. They match whatever the capitals, hyphens and
// articles, with the endings -s, -ed, -ing and their kin. "a/b" is a choice,
// "norm*" a beginning, "=fall" exactly this form, ".." up to three words
// between. Punctuation other than hyphens and quotes ends a match.
//
// The package knows nothing of units and findings; package check does.
package phrases
