package main

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

// TestLineReader reads lines and writes them with their numbers.
func TestLineReader(t *testing.T) {
	test := func(in, want string) {
		t.Helper()
		a := &app{Streams: Streams{In: strings.NewReader(in)}}
		lines, err := a.openLines("-")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for {
			line, err := lines.next()
			if err != nil {
				if err != io.EOF {
					got = append(got, err.Error())
				}
				break
			}
			got = append(got, string(rune('0'+lines.number))+string(line))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("lines of %q = %q, want %q", in, s, want)
		}
	}
	test("", "")
	test("a", "1a")
	test("a\nb\n", "1a|2b")
	test("\uFEFFa\r\n\r\n \t\nb", "1a|4b")
	test("a\n\xff\nb", "1a|-:2: not UTF-8")
	long := strings.Repeat("x", 1<<18)
	test(long+"\nb", "1"+long+"|2b")
}

func TestLineReaderTooLong(t *testing.T) {
	a := &app{Streams: Streams{In: io.LimitReader(endless{}, exchange.MaxSize*2)}}
	lines, err := a.openLines("-")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = lines.next(); corpus.KindOf(err) != corpus.TooLarge {
		t.Errorf("a line of %d bytes: %v, want kind %v", exchange.MaxSize*2, err, corpus.TooLarge)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestStreaming talks to the verbs that read lines as a program does that waits
// for each answer before it asks again.
func TestStreaming(t *testing.T) {
	for _, args := range [][]string{
		{"segment", "--batch", "-"},
		{"check", "--fail-on", "critical", "--pairs", "-"},
	} {
		t.Run(args[0], func(t *testing.T) {
			questions, ask := io.Pipe()
			answer, answers := io.Pipe()
			var talk bytes.Buffer
			code := make(chan int, 1)
			go func() {
				code <- Run(t.Context(), args, Streams{In: questions, Out: answers, Err: &talk})
				answers.Close()
			}()
			lines := bufio.NewScanner(answer)
			for range 3 {
				if _, err := io.WriteString(ask, `{"id":7,"text":"It rained.","target":"It rained."}`+"\n"); err != nil {
					t.Fatal(err)
				}
				if !lines.Scan() || !strings.HasPrefix(lines.Text(), `{"id":7,`) {
					t.Fatalf("%v answered %q and said %q", args, lines.Text(), talk.String())
				}
			}
			ask.Close()
			if c := <-code; c != exitDone {
				t.Errorf("%v ended with %d and said %q", args, c, talk.String())
			}
		})
	}
}

// TestPairsOrder checks many lines at once: the answers come in the order of
// the questions.
func TestPairsOrder(t *testing.T) {
	var in strings.Builder
	const n = 3 * pairSlice
	for i := range n {
		in.WriteString(`{"id":` + strings.Repeat("1", 1+i%7) + `,"target":"` + strings.Repeat("It rained again. ", i%50) + `"}` + "\n")
	}
	var out, talk bytes.Buffer
	if code := Run(t.Context(), []string{"check", "--pairs", "-", "--fail-on", "critical"}, Streams{In: strings.NewReader(in.String()), Out: &out, Err: &talk}); code == exitFailure || code == exitInput {
		t.Fatalf("ended with %d: %s", code, talk.String())
	}
	i := 0
	for line := range strings.Lines(out.String()) {
		if want := `{"id":` + strings.Repeat("1", 1+i%7) + `,"risk":`; !strings.HasPrefix(line, want) {
			t.Fatalf("line %d is %.60q, want it to begin with %q", i+1, line, want)
		}
		i++
	}
	if i != n {
		t.Errorf("%d lines for %d", i, n)
	}
}
