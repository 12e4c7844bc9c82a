// Package align finds out which sentences of a translation render which sentences of its
// source, when both exist as finished texts.
//
// Two lists of sentences go in, beads come out. A bead pairs a few neighbouring sentences of
// the source with a few of the target: most often one with one, sometimes one with two or two
// with one, and now and then one with none, which means left out, or none with one, which
// means added. Beads come in order and hold every sentence of both sides exactly once.
//
//	beads, err := align.Align(ctx, source, target, align.Options{
//		Source:  language.Chinese,
//		Target:  language.English,
//		Lexicon: align.Default(language.Chinese, language.English),
//	})
//
// # How it works
//
// Sentences become words: Chinese is cut by the longest headwords of the lexicon, English is
// stemmed, numbers become values (2.2万 = 22,000). The lexicon, equal spellings, numbers and
// cognates say which word may stand for which. Both directions of a mixture model then say how
// much likelier the words of the one side are in the company of the other than anywhere
// (score.go); lengths after Gale and Church (1993), structural numbers such as 第三条 and
// Article 3 (structure.go), and the way sentences begin and end (edge.go) are added, all as
// logarithms of likelihood ratios.
//
// The best sequence of beads is found by dynamic programming inside a band (viterbi.go). The
// band is laid through anchors, pairs that have clearly no rival (anchor.go); a gap without
// anchors is first aligned from afar, with groups of sentences in place of sentences
// (route.go), and where the band turns out too narrow it is widened (widen.go). So the work
// grows with the length of the text, not with its square.
//
// A second pass learns from the first: IBM Model 1 (Brown et al. 1993) for the words, how
// frequent each kind of bead is, how much lengths vary. After it, every bead knows by how much
// it beats the best alignment without it (margin.go).
//
// Where both sides are divided into blocks (paragraphs, headings, list items, cells), blocks
// are aligned first, and a bead stays inside blocks that belong together (block.go).
//
// # What it does not do
//
// It does not cut text into sentences, does not follow text that was moved across its
// surroundings (that shows as left out here and added there), and does not judge translations:
// the reasons of a bead are there to find misalignments with.
package align
