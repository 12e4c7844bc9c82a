package phrases

import (
	"cmp"
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/*.txt
var files embed.FS

// List is a set of entries with the tables to search by. It never changes.
type List struct {
	entries []*Entry
	byID    map[string]*Entry
	chinese map[[2]rune][]spelling // by the first two characters, longest first
	alone   map[uint64][]lone      // by the stem of the first word
	exact   map[uint64][]lone      // by its form, where the pattern wants just that
	begin   map[[3]byte][]lone     // by its first letters, where it wants no more
}

type spelling struct {
	text  string
	entry *Entry
}

type lone struct {
	pattern pattern
	entry   *Entry
}

// Builtin returns the list that comes with the program. A list that does not
// parse cannot be shipped, a test reads it; it would be empty.
var Builtin = sync.OnceValue(func() *List {
	l, err := read(files)
	if err != nil {
		return newList(nil)
	}
	return l
})

func read(files fs.FS) (*List, error) {
	names, err := fs.Glob(files, "data/*.txt")
	if err != nil {
		return nil, err
	}
	var all []*Entry
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		list, err := parse(name, string(data))
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return newList(all), nil
}

func newList(entries []*Entry) *List {
	l := &List{entries: entries, byID: map[string]*Entry{}, chinese: map[[2]rune][]spelling{}, alone: map[uint64][]lone{}, exact: map[uint64][]lone{}, begin: map[[3]byte][]lone{}}
	for _, e := range entries {
		l.byID[e.ID] = e
		for _, zh := range e.Chinese {
			first, size := utf8.DecodeRuneInString(zh)
			second, _ := utf8.DecodeRuneInString(zh[size:])
			key := [2]rune{first, second}
			l.chinese[key] = append(l.chinese[key], spelling{zh, e})
		}
		for _, p := range e.alone {
			for _, c := range p.steps[0].choices {
				switch {
				case c.prefix != "":
					key := first3(c.prefix)
					l.begin[key] = append(l.begin[key], lone{p, e})
				case c.exact:
					l.exact[c.hash] = append(l.exact[c.hash], lone{p, e})
				default:
					l.alone[c.hash] = append(l.alone[c.hash], lone{p, e})
				}
			}
		}
	}
	for _, list := range l.chinese {
		slices.SortStableFunc(list, func(a, b spelling) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	return l
}

// first3 returns the first letters of a word, made small.
func first3(w string) [3]byte {
	var b [3]byte
	for i := 0; i < len(b) && i < len(w); i++ {
		b[i] = w[i] | 0x20
	}
	return b
}

// Entries returns all entries, by subject and then as they stand in the file.
// The slice is the caller's own, the entries are not.
func (l *List) Entries() []*Entry { return slices.Clone(l.entries) }

// ByID returns the entry with the id.
func (l *List) ByID(id string) (*Entry, bool) {
	e, ok := l.byID[id]
	return e, ok
}

// Hit is a place of a phrase in a Chinese text, in bytes.
type Hit struct {
	Entry      *Entry
	Start, End int
	Inner      bool // a longer phrase covers it
}

// Find returns the phrases of a Chinese text, left to right, at one place the
// longest first. Phrases inside longer ones are marked.
func (l *List) Find(s string) []Hit {
	var found []Hit
	covered := 0 // end of the longest phrase so far
	for i := 0; i < len(s); {
		first, size := utf8.DecodeRuneInString(s[i:])
		if first >= 0x3400 && i+size < len(s) {
			second, _ := utf8.DecodeRuneInString(s[i+size:])
			for _, w := range l.chinese[[2]rune{first, second}] {
				end := i + len(w.text)
				if !strings.HasPrefix(s[i:], w.text) || goesOn(w.text, s[end:]) {
					continue
				}
				found = append(found, Hit{w.entry, i, end, end <= covered})
				covered = max(covered, end)
			}
		}
		i += size
	}
	return found
}

// longer gives, for characters that end the names of offices, those that make
// another word of it: 教育部 is a ministry, 教育部门 is not.
var longer = map[rune]string{
	'部': "门門署队隊件", '局': "面限势勢部", '委': "员員托託派任屈", '会': "议議计計见見同场場", '院': "校士", '办': "理法公", '法': "院官学學", '署': "名",
	'會': "議計見同場", '辦': "理法公", '员': "工",
}

// goesOn reports whether the phrase is only the beginning of another word.
func goesOn(phrase, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	last, _ := utf8.DecodeLastRuneInString(phrase)
	// 立法会议员 is a member of 立法会, 法院院长 the head of a court.
	if last == '会' && strings.HasPrefix(rest, "议员") || last == '會' && strings.HasPrefix(rest, "議員") {
		return false
	}
	return strings.ContainsRune(longer[last], next) && rest != ""
}

// Match is a place of an English rendering, in bytes.
type Match struct {
	Start, End int
	Pattern    string
}

// Plain reports whether the words of s are those of the pattern as it is
// written: then nothing was inflected, left out or put between.
func (m Match) Plain(s string) bool {
	return strings.EqualFold(strings.ReplaceAll(s[m.Start:m.End], "-", " "), strings.ReplaceAll(m.Pattern, "-", " "))
}

// Good returns the places where the text has a rendering in use of the entry.
func (e *Entry) GoodIn(t *Text) []Match { return all(t, e.good) }

// BadIn returns the places where the text has a wrong rendering of the entry.
func (e *Entry) BadIn(t *Text) []Match { return all(t, e.bad, e.alone) }

func all(t *Text, lists ...[]pattern) []Match {
	var found []Match
	var places [][2]int
	for _, list := range lists {
		for _, p := range list {
			if places = p.find(t, places[:0]); len(places) == 0 {
				continue
			}
			for _, at := range places {
				found = append(found, Match{at[0], at[1], p.text})
			}
		}
	}
	// Of matches that overlap, the one that begins first and is longest counts.
	slices.SortStableFunc(found, func(a, b Match) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	end := -1
	return slices.DeleteFunc(found, func(m Match) bool {
		if m.Start < end {
			return true
		}
		end = m.End
		return false
	})
}

// Lone is a rendering that is wrong whatever the source says.
type Lone struct {
	Match
	Entry *Entry
}

// Alone returns the renderings in the text that are wrong in any context, left
// to right, of those at one place the longest.
func (l *List) Alone(t *Text) []Lone {
	var found []Lone
	for i := range t.tokens {
		k := t.tokens[i]
		for _, list := range [3][]lone{l.alone[k.stem], l.exact[k.form], l.begin[first3(t.s[k.start:k.end])]} {
			for _, c := range list {
				if end, ok := c.pattern.matchAt(t, i); ok {
					found = append(found, Lone{Match{k.start, t.tokens[end-1].end, c.pattern.text}, c.entry})
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Lone) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	end := -1
	return slices.DeleteFunc(found, func(m Lone) bool {
		if m.Start < end {
			return true
		}
		end = m.End
		return false
	})
}
