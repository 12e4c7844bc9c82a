package layout

import (
	"unicode"
	"unicode/utf8"
)

// hunk is one difference between two texts: the range of the old text that
// goes, and the text that comes.
type hunk struct {
	old  Span
	text string
}

// maxDistance bounds the work of a diff; texts that differ in more words than
// this are replaced as a whole.
const maxDistance = 400

// difference compares a block's text with its new wording, word by word in
// scripts with spaces, character by character in others. Hunks are in order and
// do not touch each other.
func difference(b *Block, text string) []hunk {
	old := words(nil, b.Text, b.runs)
	now := words(nil, text, nil)
	o := func(i int) string { return b.Text[old[i].Start:old[i].End] }
	n := func(i int) string { return text[now[i].Start:now[i].End] }

	head := 0
	for head < len(old) && head < len(now) && o(head) == n(head) {
		head++
	}
	tail := 0
	for tail < len(old)-head && tail < len(now)-head && o(len(old)-1-tail) == n(len(now)-1-tail) {
		tail++
	}
	oldEnd, nowEnd := len(old)-tail, len(now)-tail
	if head == oldEnd && head == nowEnd {
		return nil
	}
	keep := matches(oldEnd-head, nowEnd-head, func(i, j int) bool { return o(head+i) == n(head+j) })
	keep = append(keep, pair{oldEnd - head, nowEnd - head})

	from := func(ws []Span, i int) int {
		if i < len(ws) {
			return ws[i].Start
		}
		if len(ws) == 0 {
			return 0
		}
		return ws[len(ws)-1].End
	}
	var out []hunk
	i, j := head, head
	for _, k := range keep {
		if i < head+k.i || j < head+k.j {
			out = append(out, hunk{
				Span{from(old, i), from(old, head+k.i)},
				text[from(now, j):from(now, head+k.j)],
			})
		}
		i, j = head+k.i+1, head+k.j+1
	}
	return out
}

// words divides text into what a diff treats as one: a word of letters and
// digits, or a single other character. Where runs are given, the reading of an
// escape or entity is never divided.
func words(dst []Span, text string, runs []run) []Span {
	r := 0
	for i := 0; i < len(text); {
		for r < len(runs) && runs[r].log.End <= i {
			r++
		}
		if r < len(runs) && runs[r].log.Start == i && indivisible(text, runs[r]) {
			dst = append(dst, runs[r].log)
			i = runs[r].log.End
			continue
		}
		c, n := utf8.DecodeRuneInString(text[i:])
		end := i + n
		for w := r; inWord(c) && end < len(text); end += n {
			for w < len(runs) && runs[w].log.End <= end {
				w++
			}
			if w < len(runs) && runs[w].log.Start == end && indivisible(text, runs[w]) {
				break
			}
			if c, n = utf8.DecodeRuneInString(text[end:]); !inWord(c) {
				break
			}
		}
		dst = append(dst, Span{i, end})
		i = end
	}
	return dst
}

// indivisible reports whether a run reads as several characters that were
// written as one.
func indivisible(text string, r run) bool {
	if r.kind == verbatim || r.log.Len() == 0 {
		return false
	}
	_, n := utf8.DecodeRuneInString(text[r.log.Start:])
	return n < r.log.Len()
}

func inWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)) && width(r) == western
}

type pair struct{ i, j int }

// matches returns a longest common subsequence of two sequences of lengths n
// and m, by Myers' greedy algorithm (An O(ND) Difference Algorithm and Its
// Variations, 1986); nothing if it costs more than maxDistance.
func matches(n, m int, equal func(i, j int) bool) []pair {
	limit := min(n+m, maxDistance)
	frontier := make([]int, 2*limit+3)
	at := func(k int) *int { return &frontier[k+limit+1] }
	var trace [][]int
	for d := 0; d <= limit; d++ {
		trace = append(trace, append([]int(nil), frontier[limit+1-d:limit+2+d]...))
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				if k == -d || k != d && *at(k - 1) < *at(k + 1) {
					x = *at(k + 1)
				} else {
					x = *at(k - 1) + 1
				}
			}
			for x < n && x-k < m && equal(x, x-k) {
				x++
			}
			*at(k) = x
			if x >= n && x-k >= m {
				return backtrack(trace, d, n, m)
			}
		}
	}
	return nil
}

// backtrack reads the path of a finished search from its end. trace[d] holds
// the frontier before step d, for the diagonals -d to d.
func backtrack(trace [][]int, d, n, m int) []pair {
	var out []pair
	x, y := n, m
	for ; d >= 0; d-- {
		before := func(k int) int { return trace[d][k+d] }
		k := x - y
		px, py := 0, 0
		if d > 0 {
			pk := k - 1
			if k == -d || k != d && before(k-1) < before(k+1) {
				pk = k + 1
			}
			px = before(pk)
			py = px - pk
		}
		// The snake begins after the one insertion or deletion of this step.
		sx, sy := px, py
		if d > 0 {
			if k == px-py+1 {
				sx++
			} else {
				sy++
			}
		}
		for x > sx && y > sy {
			x, y = x-1, y-1
			out = append(out, pair{x, y})
		}
		x, y = px, py
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
