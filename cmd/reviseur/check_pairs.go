package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// readyPair is a line of the file that check --pairs reads.
type readyPair struct {
	fields         []field // all but the two texts, in their order
	source, target string
}

// field is a member of a JSON object: its name as JSON, and its value as it
// stood in the line.
type field struct{ name, value []byte }

// parsePair reads a line. Members that the answer will have are dropped, so
// that the answer of an earlier run can be checked again.
func parsePair(line []byte) (readyPair, error) {
	var p readyPair
	d := json.NewDecoder(bytes.NewReader(line))
	if t, err := d.Token(); err != nil {
		return p, errors.New(jsonReason(err))
	} else if t != json.Delim('{') {
		return p, errors.New("this is no JSON object")
	}
	hasTarget := false
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return p, errors.New(jsonReason(err))
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return p, errors.New(jsonReason(err))
		}
		switch name {
		case "source":
			err = json.Unmarshal(value, &p.source) // null: there is none
		case "target":
			err = json.Unmarshal(value, &p.target)
			hasTarget = string(value) != "null"
		case "risk", "findings":
		default:
			var b bytes.Buffer
			err = printJSON(&b, name)
			p.fields = append(p.fields, field{bytes.TrimSpace(b.Bytes()), value})
		}
		if err != nil {
			return p, errors.New("the text in " + name.(string) + " is no string")
		}
	}
	if _, err := d.Token(); err != nil {
		return p, errors.New(jsonReason(err))
	}
	if _, err := d.Token(); err != io.EOF {
		return p, errors.New("something follows the JSON object")
	}
	if !hasTarget {
		return p, errors.New(`no field "target"`)
	}
	return p, nil
}

// pairSlice is how many lines are checked at once before they are written.
const pairSlice = 512

// pairs checks the lines of a file, each for itself, and writes a line for
// each, in order.
func (c *checker) pairs(ctx context.Context, name string) (err error) {
	lines, err := c.openLines(name)
	if err != nil {
		return err
	}
	defer lines.Close()
	bar := c.progress(lines.size, "bytes")
	defer bar.Finish()
	out := bufio.NewWriterSize(c.Out, 1<<16)
	defer func() { err = errors.Join(err, out.Flush()) }()

	checks := check.All()
	open := false
	var failed []string
	for end := error(nil); end == nil && ctx.Err() == nil; {
		var slice []readyPair
		slice, end = readPairs(lines, bar)
		answers := make([]answer, len(slice))
		each(len(slice), func(i int) { answers[i] = c.answer(slice[i], checks) })
		for _, a := range answers {
			if a.err != nil {
				return a.err
			}
			if _, err := out.Write(a.line); err != nil {
				return err
			}
			open = open || a.open
			failed = append(failed, a.failed...)
		}
		if end != nil && end != io.EOF {
			return end
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case len(failed) > 0:
		return brokeDown(failed)
	case open:
		return openError{}
	}
	return nil
}

// readPairs reads the lines that are there, up to a slice of them. With the
// error that ends the file, which is io.EOF where nothing is wrong, come the
// lines before it.
func readPairs(lines *lineReader, bar bar) ([]readyPair, error) {
	var slice []readyPair
	for len(slice) < pairSlice {
		line, err := lines.next()
		if err != nil {
			return slice, err
		}
		bar.Add(len(line) + 1)
		p, err := parsePair(line)
		if err != nil {
			return slice, lines.refuse(corpus.Invalid, "%v", err)
		}
		if slice = append(slice, p); lines.waits() {
			break
		}
	}
	return slice, nil
}

// answer is what a line is answered with.
type answer struct {
	line   []byte
	open   bool // a finding reaches --fail-on
	failed []string
	err    error
}

func (c *checker) answer(p readyPair, checks []*check.Check) answer {
	in := check.Input{Source: p.source, Target: p.target, SourceLang: c.source, TargetLang: c.target, Terms: c.terms}
	r := check.Run(in, checks)
	a := answer{failed: r.Failed}
	lines := make([]findingLine, len(r.Findings))
	at := p.locator(len(r.Findings) > 0)
	for i, f := range r.Findings {
		lines[i] = c.finding(f, at)
		a.open = a.open || f.Severity >= c.failOn
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for _, f := range p.fields {
		b.Write(f.name)
		b.WriteByte(':')
		b.Write(f.value)
		b.WriteByte(',')
	}
	var rest bytes.Buffer
	a.err = printJSON(&rest, struct {
		Risk     float64       `json:"risk"`
		Findings []findingLine `json:"findings"`
	}{check.Risk(in, r.Findings), lines})
	b.Write(rest.Bytes()[1:]) // without its brace
	a.line = b.Bytes()
	return a
}

// locator says where passages of the two texts are, in code points.
func (p readyPair) locator(needed bool) func(spot) placeLine {
	if !needed {
		return nil
	}
	source, target := newPlaces([]byte(p.source)), newPlaces([]byte(p.target))
	return func(s spot) placeLine {
		text, places := p.target, target
		if s.side == corpus.SourceSide {
			text, places = p.source, source
		}
		return placeLine{s.side.String(), places.codePoint(s.span.Start), places.codePoint(s.span.End), layout.Show(text[s.span.Start:s.span.End])}
	}
}
