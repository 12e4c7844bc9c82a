package quantity

import "sync"

// class says what an English word does in a number.
type class uint8

const (
	other class = iota
	ones        // one … nineteen
	tens        // twenty … ninety
	hundred
	scaleWord   // thousand, million, billion, trillion
	scalePlural // thousands, millions: no figure
	nth         // first … nineteenth, and the tens: twentieth
	nthPlural   // thirds, tenths: denominators
	monthName
	weekday
	half
	quarter
	dozen
	timesWord // twice, double: the value itself
	decadeWord
	decadeName // nineties
	centuryWord
	percentWord
	article
	and
	noonWord
	midnightWord
	pairWord // both, couple, pair: two, weakly
	several  // several, few
	fold
	foldWord  // threefold
	timesUnit // times
	romanWord
	romanSign // Ⅳ
	majority  // more than half, weakly
)

type lexeme struct {
	class class
	value int64
}

// lexicon holds the English words that numbers are made of, in lower case.
var lexicon = sync.OnceValue(func() map[string]lexeme {
	m := map[string]lexeme{
		"a": {article, 1}, "an": {article, 1}, "and": {and, 0},
		"hundred": {hundred, 2}, "thousand": {scaleWord, 3}, "million": {scaleWord, 6}, "billion": {scaleWord, 9}, "trillion": {scaleWord, 12},
		"mln": {scaleWord, 6}, "bn": {scaleWord, 9}, "bln": {scaleWord, 9}, "tn": {scaleWord, 12}, "mn": {scaleWord, 6},
		"hundreds": {scalePlural, 2}, "thousands": {scalePlural, 3}, "millions": {scalePlural, 6}, "billions": {scalePlural, 9}, "trillions": {scalePlural, 12}, "dozens": {scalePlural, 1}, "tens": {scalePlural, 1},
		"half": {half, 2}, "halves": {half, 2}, "quarter": {quarter, 4}, "quarters": {quarter, 4},
		"dozen": {dozen, 12}, "score": {dozen, 20},
		"twice": {timesWord, 2}, "double": {timesWord, 2}, "doubled": {timesWord, 2}, "doubles": {timesWord, 2}, "doubling": {timesWord, 2}, "thrice": {timesWord, 3}, "triple": {timesWord, 3}, "tripled": {timesWord, 3}, "tripling": {timesWord, 3}, "treble": {timesWord, 3}, "trebled": {timesWord, 3},
		"quadruple": {timesWord, 4}, "quadrupled": {timesWord, 4}, "quadrupling": {timesWord, 4}, "quintupled": {timesWord, 5}, "quintuple": {timesWord, 5},
		"decade": {decadeWord, 10}, "decades": {decadeWord, 10}, "century": {centuryWord, 100}, "centuries": {centuryWord, 100}, "centenary": {centuryWord, 100}, "centennial": {centuryWord, 100},
		"percent": {percentWord, 2}, "percentage": {percentWord, 2}, "pct": {percentWord, 2},
		"majority": {majority, 2}, "noon": {noonWord, 720}, "midday": {noonWord, 720}, "midnight": {midnightWord, 0},
		"both": {pairWord, 2}, "couple": {pairWord, 2}, "pair": {pairWord, 2}, "pairs": {pairWord, 2}, "either": {pairWord, 2}, "neither": {pairWord, 2}, "dual": {pairWord, 2}, "bilateral": {pairWord, 2}, "twin": {pairWord, 2},
		"once": {pairWord, 1}, "single": {pairWord, 1}, "another": {pairWord, 1}, "trilateral": {pairWord, 3}, "trio": {pairWord, 3},
		"sequel": {pairWord, 2}, "biennial": {pairWord, 2}, "duplicate": {pairWord, 2}, "triplicate": {pairWord, 3}, "quadruplicate": {pairWord, 4}, "quintuplicate": {pairWord, 5}, "fortnight": {pairWord, 14}, "teenager": {pairWord, 10}, "teenage": {pairWord, 10},
		"several": {several, 0}, "few": {several, 0},
		"fold": {fold, 0}, "times": {timesUnit, 0},
		"zero": {ones, 0}, "second": {nth, 2}, "first": {nth, 1}, "third": {nth, 3}, "thirds": {nthPlural, 3},
		"hundredth": {nth, 100}, "hundredths": {nthPlural, 100}, "thousandth": {nth, 1000}, "thousandths": {nthPlural, 1000},
		"sept": {monthName, 9},
	}
	for i, w := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"} {
		m[w] = lexeme{ones, int64(i + 1)}
		m[w+"fold"] = lexeme{foldWord, int64(i + 1)}
	}
	m["hundredfold"], m["manifold"] = lexeme{foldWord, 100}, lexeme{}
	for i, w := range []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		v := int64(i+2) * 10
		m[w], m[w+"fold"] = lexeme{tens, v}, lexeme{foldWord, v}
		stem := w[:len(w)-1]
		m[stem+"ieth"] = lexeme{nth, v}
		m[stem+"ies"] = lexeme{decadeName, v}
	}
	for i, w := range []string{"fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"} {
		m[w] = lexeme{nth, int64(i + 4)}
		m[w+"s"] = lexeme{nthPlural, int64(i + 4)}
	}
	for i, w := range []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		m[w] = lexeme{monthName, int64(i + 1)}
		if w != "may" && w != "march" {
			m[w[:3]] = lexeme{monthName, int64(i + 1)}
		}
	}
	delete(m, "dec")
	m["mar"], m["dec"] = lexeme{monthName, 3}, lexeme{monthName, 12}
	for i, w := range []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		m[w] = lexeme{weekday, int64(i + 1)}
	}
	for v := int64(1); v < 60; v++ {
		m[roman(v)] = lexeme{romanWord, v}
	}
	return m
})

// roman writes v, which is below 90, in small Roman numerals.
func roman(v int64) string {
	s := ""
	for _, p := range []struct {
		sign  string
		worth int64
	}{{"l", 50}, {"xl", 40}, {"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}} {
		for ; v >= p.worth; v -= p.worth {
			s += p.sign
		}
	}
	return s
}

// longestWord is the length in bytes of the longest word of the lexicon.
const longestWord = len("quadruplicate")

// lookup finds the lexeme of a word in any case. It does not allocate.
func lookup(words map[string]lexeme, w string) lexeme {
	if len(w) > longestWord {
		return lexeme{}
	}
	var buf [longestWord]byte
	for i := range len(w) {
		c := w[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		buf[i] = c
	}
	return words[string(buf[:len(w)])]
}
