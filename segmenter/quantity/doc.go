// Package quantity reads the numbers of a text as quantities and matches those
// of a source with those of its translation. The checks use it to find a figure
// that changed on the way; the aligner uses it as evidence that two sentences
// belong together.
//
// A quantity is a value with what it counts: 3368.4万起 and "33.684 million
// cases" are the same cardinal, 四成 and "40 percent" the same share, 下午3点半
// and "15:30" the same time of day, 80斤 and "40 kg" the same mass. Values are
// exact decimals and fractions, never floats, so that 0.1 + 0.2 is 0.3 and two
// equal values are ==.
//
//	source := quantity.Append(nil, "追回资金90亿元", language.Chinese)
//	target := quantity.Append(nil, "90 billion yuan was recovered", language.English)
//	m := quantity.Match(source, target)
//	// m.Pairs[0].Relation == quantity.Scaled10, m.Pairs[0].Power == 1
//
// # Words
//
// A strong quantity is surely one; a weak one may be a mere word (一 in 一起,
// "one" in "one of them") and never has to be matched. A reading is one of the
// values an expression may have: 增长3倍 is three times more or four times as
// much. The number of a quantity is its figure with the scale word, which a
// correction replaces; its span is the whole expression.
//
// # Reading
//
// Chinese and English are read from left to right without regular expressions
// and, but for further readings, without allocation. What a language calls its
// units and which words only look like numbers is data: units.txt,
// phrases.zh.txt, classifiers.txt, traditional.txt. Of other languages the
// plain figures are read.
//
// # Matching
//
// Match compares multisets. Kinds must agree where they carry the meaning (40 %
// is not 40); units of one dimension are converted (within two per cent);
// currencies never are. Whatever is left over on both sides and looks alike is
// paired as changed, as scaled by a power of ten, or as a changed unit.
//
// The package knows nothing of markup, documents or severities, and it does not
// judge: it says which quantities agree, and which have no partner.
package quantity
