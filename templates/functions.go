package templates

import (
	"fmt"
	"html"
	"html/template"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// functions are what views may call, bound to a language of the interface.
func (s *Set) functions(lang language.Tag) template.FuncMap {
	return template.FuncMap{
		"t":     func(key string, args ...any) string { return s.messages.Format(lang, key, args...) },
		"asset": s.assetURL,
		"add":   func(a, b int) int { return a + b },
		"iso":   func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"when":  when,
		"timed": func(key string, args ...any) template.HTML { return s.timed(lang, key, args) },
		"dict":  dict,
	}
}

// timed is a message whose times are elements, so that script can show them in
// the reader's own zone. Everything else in it is escaped.
func (s *Set) timed(lang language.Tag, key string, args []any) template.HTML {
	elements := []string{}
	for i, a := range args {
		if t, ok := a.(time.Time); ok {
			mark := fmt.Sprintf("\x00%d\x00", i) // no text of anybody's holds this
			args[i] = mark
			elements = append(elements, mark, fmt.Sprintf("<time datetime=%q>%s</time>", t.UTC().Format(time.RFC3339), when(t)))
		}
	}
	return template.HTML(strings.NewReplacer(elements...).Replace(html.EscapeString(s.messages.Format(lang, key, args...))))
}

// when is a time as it is shown until script puts it into the reader's zone.
func when(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// assetURL is where a static file is served.
func (s *Set) assetURL(name string) (string, error) {
	if _, ok := s.assets[name]; !ok {
		return "", fmt.Errorf("no static file %s", name)
	}
	return "/static/" + s.version + "/" + name, nil
}

// dict makes a map of its arguments, key before value, to hand several values
// to a partial.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: a key without a value")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: key %v is no string", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}
