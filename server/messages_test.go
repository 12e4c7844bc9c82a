package server

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/templates"
)

func parsed(t *testing.T) (set *templates.Set, english, chinese map[string]string) {
	t.Helper()
	set, err := templates.Parse(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	messages, err := templates.ReadMessages(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	langs := templates.Languages()
	return set, messages.Keys(langs[0]), messages.Keys(langs[1])
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([a-z%])`)

// verbs lists which argument a message prints how.
func verbs(text string) string {
	var list []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(text, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		list = append(list, strconv.Itoa(next)+m[2])
		next++
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

// TestMessages compares the languages: the same messages, with the same
// arguments. Chinese has no form for one.
func TestMessages(t *testing.T) {
	_, english, chinese := parsed(t)
	for key, text := range english {
		if base, one := strings.CutSuffix(key, ".one"); one {
			if _, ok := english[base]; !ok {
				t.Errorf("%s has no message for many", key)
			}
			continue
		}
		other, ok := chinese[key]
		if !ok {
			t.Errorf("%s is missing in Chinese", key)
		} else if verbs(text) != verbs(other) {
			t.Errorf("%s: %q and %q print other arguments", key, text, other)
		}
	}
	for key := range chinese {
		if _, ok := english[key]; !ok {
			t.Errorf("%s is missing in English", key)
		}
	}
}

// uses are the messages that code and views ask for: keys, and patterns where a
// part of the key is only known when it runs.
type uses struct {
	keys     map[string]string // key → where
	patterns map[string]string // regular expression → where
	words    map[string]bool   // every text in the code: keys that are handed on
}

func (u *uses) add(where string, parts []string) {
	if len(parts) == 1 {
		u.keys[parts[0]] = where
		return
	}
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	if pattern := strings.Join(parts, ".+"); pattern != ".+" {
		u.patterns["^"+pattern+"$"] = where
	}
}

// expression splits a key into the texts around what is not constant.
func expression(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return []string{text}
	case *ast.ParenExpr:
		return expression(e.X)
	case *ast.BinaryExpr:
		left, right := expression(e.X), expression(e.Y)
		joined := left[len(left)-1] + right[0]
		return append(append(slices.Clone(left[:len(left)-1]), joined), right[1:]...)
	}
	return []string{"", ""}
}

// inCode finds the calls of t and Message.
func (u *uses) inCode(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil {
					u.words[text] = true
					if strings.Contains(text, ".") && strings.HasSuffix(text, "-") { // the head of a key, handed on
						u.patterns["^"+regexp.QuoteMeta(text)+".+$"] = ""
					}
				}
			case *ast.BinaryExpr:
				if parts := expression(n); len(parts) > 1 && strings.Contains(parts[0], ".") && !strings.ContainsAny(parts[0], " /") {
					u.patterns["^"+regexp.QuoteMeta(parts[0])+".+"] = "" // a key that is put together before it is handed on
				}
			case *ast.CallExpr:
				f, ok := n.Fun.(*ast.SelectorExpr)
				at := map[string]int{"t": 0, "Message": 1}
				if !ok || len(n.Args) == 0 {
					break
				}
				if i, ok := at[f.Sel.Name]; ok && len(n.Args) > i {
					u.add(set.Position(n.Pos()).String(), expression(n.Args[i]))
				}
			}
			return true
		})
	}
}

// inViews finds {{t …}} in every view and partial.
func (u *uses) inViews(t *testing.T, set *templates.Set) {
	for _, name := range set.Views() {
		view, err := set.Template(name, templates.Languages()[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range view.Templates() {
			if part.Tree != nil {
				u.walk(part.Name(), part.Tree.Root)
			}
		}
	}
}

func (u *uses) walk(name string, n parse.Node) {
	branch := func(b parse.BranchNode) {
		u.pipe(name, b.Pipe)
		u.walk(name, b.List)
		if b.ElseList != nil {
			u.walk(name, b.ElseList)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, child := range n.Nodes {
			u.walk(name, child)
		}
	case *parse.ActionNode:
		u.pipe(name, n.Pipe)
	case *parse.IfNode:
		branch(n.BranchNode)
	case *parse.RangeNode:
		branch(n.BranchNode)
	case *parse.WithNode:
		branch(n.BranchNode)
	case *parse.TemplateNode:
		u.pipe(name, n.Pipe)
	}
}

func (u *uses) pipe(name string, p *parse.PipeNode) {
	if p == nil {
		return
	}
	for _, c := range p.Cmds {
		for i, arg := range c.Args {
			switch arg := arg.(type) {
			case *parse.PipeNode:
				u.pipe(name, arg)
			case *parse.StringNode:
				u.words[arg.Text] = true
			case *parse.IdentifierNode:
				if (arg.Ident == "t" || arg.Ident == "timed") && i == 0 && len(c.Args) > 1 {
					u.add(name, viewKey(c.Args[1]))
				}
			}
		}
	}
}

// viewKey is expression for an argument in a view.
func viewKey(n parse.Node) []string {
	switch n := n.(type) {
	case *parse.StringNode:
		return []string{n.Text}
	case *parse.PipeNode:
		args := n.Cmds[0].Args
		if f, ok := args[0].(*parse.IdentifierNode); !ok || f.Ident != "print" {
			break
		}
		parts := []string{""}
		for _, a := range args[1:] {
			if s, ok := a.(*parse.StringNode); ok {
				parts[len(parts)-1] += s.Text
			} else {
				parts = append(parts, "")
			}
		}
		return parts
	}
	return []string{"", ""}
}

// TestMessagesUsed compares what is asked for with what is there.
func TestMessagesUsed(t *testing.T) {
	set, english, _ := parsed(t)
	u := &uses{map[string]string{}, map[string]string{}, map[string]bool{}}
	u.inCode(t)
	u.inViews(t, set)
	if len(u.keys) < 100 || len(u.patterns) < 20 {
		t.Fatalf("only %d keys and %d patterns were found", len(u.keys), len(u.patterns))
	}
	for key, where := range u.keys {
		if _, ok := english[key]; !ok {
			t.Errorf("%s: there is no message %s", where, key)
		}
	}
	var patterns []*regexp.Regexp
	for text, where := range u.patterns {
		p := regexp.MustCompile(text)
		patterns = append(patterns, p)
		if where != "" && !slices.ContainsFunc(slices.Collect(maps.Keys(english)), p.MatchString) {
			t.Errorf("%s: there is no message like %s", where, text)
		}
	}
	scripts := scriptTexts(t)
	for key := range english {
		base := strings.TrimSuffix(key, ".one")
		if u.keys[base] == "" && !u.words[base] && !strings.Contains(scripts, base) &&
			!slices.ContainsFunc(patterns, func(p *regexp.Regexp) bool { return p.MatchString(base) }) {
			t.Errorf("nothing asks for the message %s", key)
		}
	}
}

// scriptTexts is all our script.
func scriptTexts(t *testing.T) string {
	var all strings.Builder
	err := fs.WalkDir(os.DirFS("../templates/static"), ".", func(name string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".js") {
			data, err := os.ReadFile(filepath.Join("../templates/static", name))
			all.Write(data)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestMessageWords asks for every message that is put together from a word of
// the domain or of the key table.
func TestMessageWords(t *testing.T) {
	_, english, _ := parsed(t)
	has := func(prefix, word string) {
		t.Helper()
		if _, ok := english[prefix+word]; !ok {
			t.Errorf("there is no message %s%s", prefix, word)
		}
	}
	for _, k := range keys {
		has("key.", k.Action)
		has("keys-in.", k.Where)
	}
	for _, name := range everyRole.Names() {
		has("role.", name)
		has("role-may.", name)
	}
	for kind := range statuses {
		has("error.", strings.ReplaceAll(kind.String(), " ", "-"))
		has("error.do-", strings.ReplaceAll(kind.String(), " ", "-"))
	}
	wordMessages(has)
}

// wordMessages are the words of the domain that pages show.
func wordMessages(has func(prefix, word string)) {
	for _, c := range corpus.Categories() {
		has("category.", string(c))
	}
	for s := corpus.Neutral; s <= corpus.Critical; s++ {
		has("severity.", s.String())
		has("severity-means.", s.String())
	}
	for _, s := range corpus.States() {
		has("state.", s.String())
		has("state-means.", s.String())
	}
	for _, p := range []corpus.Purpose{corpus.LinkOwner, corpus.LinkPassword, corpus.LinkSignIn} {
		has("link.title-", string(p))
	}
}
