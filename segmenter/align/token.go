package align

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed lexicon/stop-en.txt
var stopEnglish string

var stopWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(stopEnglish) {
		m[w] = true
	}
	return m
})

// stopHan holds Chinese words that stand for no word in particular.
var stopHan = map[string]bool{
	"的": true, "了": true, "着": true, "是": true, "在": true, "和": true, "与": true, "也": true, "就": true, "都": true,
	"而": true, "及": true, "之": true, "其": true, "以": true, "于": true, "把": true, "被": true, "将": true, "个": true,
	"这": true, "那": true, "我": true, "你": true, "他": true, "她": true, "它": true, "们": true, "有": true, "不": true,
	"又": true, "并": true, "地": true, "得": true, "过": true, "为": true, "我们": true, "他们": true, "她们": true, "你们": true,
	"一个": true, "这个": true, "那个": true, "等": true, "所": true, "者": true, "或": true, "由": true, "对": true, "从": true,
	"到": true, "上": true, "下": true, "里": true, "中": true, "吗": true, "呢": true, "吧": true, "啊": true, "去": true, "来": true,
	"说": false,
}

// token is one word of a text as the aligner compares it.
type token struct {
	text   string
	name   bool // written with a capital
	number bool
}

// cutter cuts text of one language into tokens.
type cutter struct {
	lexicons []*Lexicon
	simple   map[rune]rune // traditional → simplified, of whichever lexicon has it
	longest  map[rune]int  // of all lexicons together
	base     string        // language subtag
	stemmed  map[string]string
}

func newCutter(lexicons []*Lexicon, base string) *cutter {
	c := &cutter{lexicons: lexicons, base: base, stemmed: map[string]string{}, longest: map[rune]int{}}
	for _, l := range lexicons {
		if len(l.simple) > 0 {
			c.simple = l.simple
		}
		for r, n := range l.longest {
			c.longest[r] = max(c.longest[r], n)
		}
	}
	return c
}

// tokens cuts text: Chinese by longest match over the headwords, everything else at what is
// neither letter nor digit. Words are lower case, folded (NFKC, no accents) and stemmed if
// English; numbers are values; question and exclamation marks and quotes count as words.
func (c *cutter) tokens(text string) []token {
	if !norm.NFKC.IsNormalString(text) {
		text = norm.NFKC.String(text)
	}
	rs := []rune(text)
	var list []token
	for i := 0; i < len(rs); {
		r := rs[i]
		switch {
		case isDigit(r):
			v, n := digits(rs, i)
			list = append(list, token{text: numberToken(v), number: true})
			i += n
			for _, s := range ordinalSuffix {
				if i+2 <= len(rs) && string(rs[i:i+2]) == s && (i+2 == len(rs) || !unicode.IsLetter(rs[i+2])) {
					i += 2
				}
			}
		case unicode.Is(unicode.Han, r):
			t, n := c.han(rs, i)
			if t.text != "" {
				list = append(list, t)
			}
			i += n
		case unicode.IsLetter(r):
			n := i + 1
			for n < len(rs) && (unicode.IsLetter(rs[n]) && !unicode.Is(unicode.Han, rs[n]) || unicode.IsMark(rs[n])) {
				n++
			}
			list = c.word(list, string(rs[i:n]))
			i = n
		default:
			if t := mark(r); t != "" {
				list = append(list, token{text: t})
			}
			i++
		}
	}
	return list
}

var ordinalSuffix = []string{"st", "nd", "rd", "th"}

// mark is the token of a punctuation character that carries meaning across languages.
func mark(r rune) string {
	switch r {
	case '?', '!':
		return string(r)
	case '"', '“', '”', '「', '」', '„', '«', '»':
		return `"`
	}
	return ""
}

// han cuts the next word from a run of Han characters.
func (c *cutter) han(rs []rune, i int) (token, int) {
	end := i + 1
	for most := i + c.longest[c.fold(rs[i])]; end < len(rs) && end < most && unicode.Is(unicode.Han, rs[end]); {
		end++
	}
	best, word := 1, ""
	var folded [maxHeadword]byte
	for n := end - i; n > 0 && word == ""; n-- {
		key := folded[:0]
		for _, r := range rs[i : i+n] {
			key = utf8.AppendRune(key, c.fold(r))
		}
		for _, l := range c.lexicons {
			if _, ok := l.heads[string(key)]; ok {
				best, word = n, string(key)
				break
			}
		}
	}
	if v, n := hanNumber(rs, i); n >= best {
		return token{text: numberToken(v), number: true}, n
	}
	if word == "" {
		word = string(c.fold(rs[i]))
	}
	if stopHan[word] {
		word = ""
	}
	return token{text: word}, best
}

// maxHeadword is room for the bytes of a long headword; longer ones still work.
const maxHeadword = 64

// fold writes a traditional character as its simplified one.
func (c *cutter) fold(r rune) rune {
	if s, ok := c.simple[r]; ok {
		return s
	}
	return r
}

// word adds an alphabetic word, or continues the number before it.
func (c *cutter) word(list []token, w string) []token {
	first, _ := utf8.DecodeRuneInString(w)
	low, ok := c.stemmed[w]
	if !ok {
		low = c.stem(w)
		c.stemmed[w] = low
	}
	if low == "" {
		return list
	}
	if v, ok := parseNumberToken(low); ok {
		if n := len(list); n > 0 && list[n-1].number {
			if before, ok := parseNumberToken(list[n-1].text); ok {
				if sum, ok := joinNumber(before, v); ok {
					list[n-1].text = numberToken(sum)
					return list
				}
			}
		}
		return append(list, token{text: low, number: true})
	}
	return append(list, token{text: low, name: unicode.IsUpper(first)})
}

// stem reduces one alphabetic word; "" for a stop word.
func (c *cutter) stem(w string) string {
	low := unaccent(strings.ToLower(w))
	if isDigit(rune(low[0])) {
		if v, n := digits([]rune(low), 0); n == len(low) {
			return numberToken(v)
		}
	}
	if c.base != "en" {
		return low
	}
	if v, ok := englishNumber[low]; ok {
		return numberToken(v)
	}
	if stopWords()[low] {
		return ""
	}
	if len(low) == 1 {
		return ""
	}
	return stemEnglish(low)
}

// unaccent takes diacritics off, so that Haszán and Haszan are one name.
func unaccent(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if ascii {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}
