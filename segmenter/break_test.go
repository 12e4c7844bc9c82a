package segmenter

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"
)

// breakTest is where Debian's package unicode-data has the test file of UAX #29.
const breakTest = "/usr/share/unicode/auxiliary/SentenceBreakTest.txt"

// Conventions of ours that differ from UAX #29, each with the test for a case
// it explains. A case may differ only if one of them applies.
var conventions = []struct {
	why     string
	applies func(text string) bool
}{
	{"a line end inside a block is white space, no boundary (SB3, SB4)",
		func(s string) bool { return strings.ContainsAny(s, "\r\n\u0085\u2028\u2029") }},
	{"a mark that only combines is left as it is at the start of a text (SB5)",
		func(s string) bool { r := []rune(s); return len(r) > 0 && unicode.In(r[0], unicode.M, unicode.Cf) }},
	{"a stop needs white space behind it unless it is ideographic (SB11 asks for none)",
		gluedLetter},
}

func isStopRune(r rune) bool { return r == '.' || unicode.Is(unicode.STerm, r) }

// gluedLetter reports whether a letter, digit or mark follows a stop directly.
func gluedLetter(s string) bool {
	last := rune(0)
	for _, r := range s {
		if isStopRune(last) && !unicode.IsSpace(r) && !isStopRune(r) {
			return true
		}
		if !unicode.In(r, unicode.M, unicode.Cf) {
			last = r
		}
	}
	return false
}

// TestSentenceBreak runs the test file of UAX #29 on the rules for
// undetermined text. White space belongs to neither side here, so boundaries
// are compared by the text they separate.
func TestSentenceBreak(t *testing.T) {
	f, err := os.Open(breakTest)
	if err != nil {
		t.Log("SentenceBreakTest.txt is not here (Debian package unicode-data)")
		t.Skip("no test file")
	}
	defer f.Close()
	p := For(language.Und)
	same, differ := 0, make(map[string]int)
	for sc := bufio.NewScanner(f); sc.Scan(); {
		line, _, _ := strings.Cut(sc.Text(), "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		var text string
		var want []string
		for _, field := range strings.Fields(line) {
			switch field {
			case "÷":
				want = append(want, "")
			case "×":
			default:
				n, err := strconv.ParseUint(field, 16, 32)
				if err != nil {
					t.Fatal(err)
				}
				text += string(rune(n))
				want[len(want)-1] += string(rune(n))
			}
		}
		var got []string
		for s := range p.All(text) {
			got = append(got, text[s.Start:s.End])
		}
		if equalTrimmed(got, want) {
			same++
			continue
		}
		why := ""
		for _, c := range conventions {
			if c.applies(text) {
				why = c.why
				break
			}
		}
		if why == "" {
			t.Errorf("All(%q) = %q, want %q", text, got, want)
		}
		differ[why]++
	}
	t.Logf("%d cases are the same", same)
	for _, c := range conventions {
		if differ[c.why] == 0 {
			t.Errorf("no case needs the convention: %s", c.why)
		}
		t.Logf("%d differ: %s", differ[c.why], c.why)
	}
}

// equalTrimmed compares two lists of sentences without the white space around them.
func equalTrimmed(a, b []string) bool {
	var x []string
	for _, s := range b {
		if s = strings.TrimSpace(s); s != "" {
			x = append(x, s)
		}
	}
	return strings.Join(a, "\x00") == strings.Join(x, "\x00")
}
