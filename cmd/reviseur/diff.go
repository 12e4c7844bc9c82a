package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/segmenter/align"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func diffCommand(a *app) *cobra.Command {
	var lang string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Show what changed between two versions of a text, sentence by sentence",
		Long: `Diff compares two versions of a text in one language. Sentences that stayed are left
out; a sentence that was cut in two, or joined with its neighbour, is shown as one
change. Lines wrapped anew, and other ways of writing the same character, are no
change; a link that leads elsewhere is.

Each change has a heading of the form OLD:LINE NEW:LINE, and is written as
[-deleted-]{+inserted+}. --json prints an object a change: old_start, old_end,
new_start, new_end (code points of the files; an empty span is where the other side
would stand), old, new, and edits (op and text).

The exit code is that of diff(1): 0 when no sentence differs, 1 when one does.`,
		Example: `  reviseur diff briefing.en.md corrected/briefing.en.md
  reviseur diff --json --lang en old.txt new.txt`,
		Args: exactly(2, "an old and a new version"),
	}
	f := cmd.Flags()
	f.StringVar(&lang, "lang", "", "language of the text (default: by its script)")
	f.BoolVar(&asJSON, "json", false, "print a JSON object a change")
	reading := textFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		tag, err := oneLanguage(lang)
		if err != nil {
			return err
		}
		if err := oneStdin(args[0], args[1]); err != nil {
			return err
		}
		var sides [2]side
		for i, name := range args {
			f, err := a.readText(name, *reading)
			if err != nil {
				return err
			}
			sides[i] = newSide(f, tag)
		}
		out := bufio.NewWriter(a.Out)
		changes := changesOf(sides[0], sides[1])
		if err := printChanges(out, changes, sides[0], sides[1], asJSON); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
		if len(changes) > 0 {
			return openError{}
		}
		if !bytes.Equal(sides[0].file.doc.Raw, sides[1].file.doc.Raw) {
			fmt.Fprintln(a.Err, "no sentence differs; markup, code or line ends do")
		}
		return nil
	}
	return cmd
}

// change is a group of sentences that gave way to another. Either side may be
// empty.
type change struct{ old, new align.Range }

// changesOf compares two versions, in the order of the text. Sentences that
// are equal go first; what stands between two of them is taken apart by what
// the two stretches still share.
func changesOf(old, new side) []change {
	before, after := written(old), written(new)
	var changes []change
	i, j := 0, 0
	for _, p := range append(diff.Sequences(before, after), diff.Pair{Old: len(before), New: len(after)}) {
		changes = appendChanges(changes, before, after, change{align.Range{Start: i, End: p.Old}, align.Range{Start: j, End: p.New}})
		i, j = p.Old+1, p.New+1
	}
	return changes
}

// written returns the sentences with their markup as the file has it, so that
// a link that leads elsewhere makes a difference.
func written(s side) []string {
	list := make([]string, len(s.segments))
	for i, seg := range s.segments {
		list[i] = markupOf(&s.file.doc.Blocks[seg.Block], seg.Text)
	}
	return list
}

func markupOf(b *layout.Block, text string) string {
	if len(b.Tokens) == 0 {
		return text
	}
	raw := make([]string, 0, 2*len(b.Tokens))
	for _, t := range b.Tokens {
		raw = append(raw, string(layout.Placeholder(t)), t.Raw)
	}
	return strings.NewReplacer(raw...).Replace(text)
}

// appendChanges divides a stretch of changed sentences into the smallest
// groups that share nothing with their neighbours: an old and a new sentence
// belong together when at least half of the shorter one stands in the other.
func appendChanges(dst []change, before, after []string, gap change) []change {
	open := change{align.Range{Start: gap.old.Start, End: gap.old.Start}, align.Range{Start: gap.new.Start, End: gap.new.Start}}
	next := func(i, j int) { // what is open ends; what lies before i and j was linked to nothing
		dst = appendChange(dst, open)
		dst = appendChange(dst, change{align.Range{Start: open.old.End, End: i}, align.Range{Start: open.new.End, End: j}})
		open = change{align.Range{Start: i, End: i}, align.Range{Start: j, End: j}}
	}
	for _, s := range sharedText(before[gap.old.Start:gap.old.End], after[gap.new.Start:gap.new.End]) {
		i, j := gap.old.Start+s.old, gap.new.Start+s.new
		if 2*s.bytes < min(len(before[i]), len(after[j])) {
			continue
		}
		if i >= open.old.End && j >= open.new.End {
			next(i, j)
		}
		open.old.End, open.new.End = max(open.old.End, i+1), max(open.new.End, j+1)
	}
	next(gap.old.End, gap.new.End)
	return dst
}

// appendChange appends a change. Where one side is empty each sentence of the
// other is a change of its own.
func appendChange(dst []change, c change) []change {
	switch {
	case c.old.Len() > 0 && c.new.Len() > 0:
		return append(dst, c)
	case c.old.Len() > 0:
		for i := c.old.Start; i < c.old.End; i++ {
			dst = append(dst, change{align.Range{Start: i, End: i + 1}, c.new})
		}
	default:
		for j := c.new.Start; j < c.new.End; j++ {
			dst = append(dst, change{c.old, align.Range{Start: j, End: j + 1}})
		}
	}
	return dst
}

// overlap is how much of an old sentence stands unchanged in a new one.
type overlap struct{ old, new, bytes int }

// sharedText compares two stretches of sentences as running texts and returns
// which sentences share text. Both indexes ascend.
func sharedText(before, after []string) []overlap {
	if len(before) == 0 || len(after) == 0 {
		return nil
	}
	var shared []overlap
	i, j := 0, 0                                // the sentences the edit stands in
	iEnd, jEnd := len(before[0]), len(after[0]) // their ends
	for _, e := range diff.Texts(strings.Join(before, "\n"), strings.Join(after, "\n")) {
		if e.Op != diff.Equal {
			continue
		}
		for at, to := e.Old.Start, e.New.Start; at < e.Old.End; {
			for at > iEnd {
				i++
				iEnd += 1 + len(before[i])
			}
			for to > jEnd {
				j++
				jEnd += 1 + len(after[j])
			}
			n := min(e.Old.End-at, iEnd-at, jEnd-to)
			if k := len(shared) - 1; n > 0 && k >= 0 && shared[k].old == i && shared[k].new == j {
				shared[k].bytes += n
			} else if n > 0 {
				shared = append(shared, overlap{i, j, n})
			}
			at, to = at+max(n, 1), to+max(n, 1)
		}
	}
	return shared
}

// changeLine is a line of diff --json. Offsets are code points of the files.
type changeLine struct {
	OldStart int        `json:"old_start"`
	OldEnd   int        `json:"old_end"`
	NewStart int        `json:"new_start"`
	NewEnd   int        `json:"new_end"`
	Old      string     `json:"old"`
	New      string     `json:"new"`
	Edits    []editLine `json:"edits"`
}

type editLine struct {
	Op   string `json:"op"` // equal, delete or insert
	Text string `json:"text"`
}

func printChanges(w io.Writer, changes []change, old, new side, asJSON bool) error {
	for _, c := range changes {
		o, n := old.passage(c.old), new.passage(c.new)
		before, after := o.written(), n.written()
		if !asJSON {
			oldLine, _ := o.file.places.lineColumn(o.raw(corpus.Span{}).Start)
			newLine, _ := n.file.places.lineColumn(n.raw(corpus.Span{}).Start)
			fmt.Fprintf(w, "%s:%d %s:%d\n%s\n\n", o.file.name, oldLine, n.file.name, newLine, inlineDiff(before, after))
			continue
		}
		line := changeLine{Old: before, New: after, Edits: []editLine{}}
		line.OldStart, line.OldEnd = o.codePoints(corpus.Span{End: len(o.text)})
		line.NewStart, line.NewEnd = n.codePoints(corpus.Span{End: len(n.text)})
		for _, e := range diff.Texts(before, after) {
			line.Edits = append(line.Edits, editLine{e.Op.String(), e.Text})
		}
		if err := printJSON(w, line); err != nil {
			return err
		}
	}
	return nil
}

// written returns the passage with its markup as the file has it.
func (p passage) written() string {
	parts := make([]string, len(p.runs))
	for i, r := range p.runs {
		parts[i] = markupOf(r.block, r.block.Text[r.span.Start:r.span.End])
	}
	return strings.Join(parts, "\n")
}
