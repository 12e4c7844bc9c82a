package server

import (
	"strings"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// styled is a piece of a text as it would be published: in place of its tokens
// stands what they do.
type styled struct {
	piece
	Strong, Em, Struck, Link bool
	Code, Sup, Break         bool // what a token by itself stands for
}

// style turns the placeholders of a text into what they stand for. A token it
// cannot show, such as raw HTML, leaves nothing behind; one whose half is
// missing reaches to the end of the text.
func style(list []piece, tokens []layout.Token) []styled {
	byPlaceholder := make(map[string]layout.Token, len(tokens))
	for _, t := range tokens {
		byPlaceholder[layout.Show(string(layout.Placeholder(t)))] = t
	}
	var out []styled
	var now styled
	for _, p := range list {
		x := now
		x.piece = p
		if !p.Token {
			out = append(out, x)
			continue
		}
		t := byPlaceholder[p.Text]
		if now.turn(t) {
			continue
		}
		if x.stand(t) {
			x.Token = false
			out = append(out, x)
		}
	}
	return out
}

// turn switches a way of writing on or off, and reports whether the token does
// that.
func (s *styled) turn(t layout.Token) bool {
	switch {
	case t.Number == 0:
		return false
	case t.Kind == layout.Emphasis:
		switch len(t.Raw) {
		case 1:
			s.Em = !t.Close
		case 2:
			s.Strong = !t.Close
		default:
			s.Em, s.Strong = !t.Close, !t.Close
		}
	case t.Kind == layout.Strikethrough:
		s.Struck = !t.Close
	case t.Kind == layout.Link:
		s.Link = !t.Close
	default:
		return false
	}
	return true
}

// stand puts what a single token shows in its place, and reports whether it
// shows anything.
func (s *styled) stand(t layout.Token) bool {
	if strings.HasPrefix(t.Raw, "</") { // the markup of another format, which says nothing to a reader
		s.Break = t.Kind == layout.HardBreak
		if s.Text = ""; t.Kind == layout.FootnoteReference {
			s.Sup, s.Text = true, "*"
		}
		return t.Number > 0 && (s.Break || s.Text != "")
	}
	switch t.Kind {
	case layout.Code, layout.Math:
		s.Code, s.Text = true, strings.TrimSpace(strings.Trim(t.Raw, "`$"))
	case layout.Autolink:
		s.Link, s.Text = true, strings.Trim(t.Raw, "<>")
	case layout.FootnoteReference:
		s.Sup, s.Text = true, strings.Trim(t.Raw, "[]^")
	case layout.HardBreak:
		s.Break, s.Text = true, ""
	case layout.Image:
		alt, _, _ := strings.Cut(strings.TrimPrefix(t.Raw, "!["), "]")
		s.Em, s.Text = true, alt
	case layout.Character:
		s.Text = t.Raw
	default:
		return false
	}
	return t.Number > 0
}
