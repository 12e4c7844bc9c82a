package charset

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

const (
	simplified  = "# 关于港口安全的通知\n\n各单位应当于2025年3月1日前完成检查，并将结果报送管理部门。“重大”事项除外。\n"
	traditional = "# 關於港口安全的通知\n\n各單位應當於2025年3月1日前完成檢查，並將結果報送管理部門。「重大」事項除外。\n"
	latin       = "The harbour office’s notice – “urgent” – was read at the café.\r\nIt is in force.\r\n"
	french      = "Le préfet a déjà signé l’arrêté à Évreux; le délai est dépassé.\n"
)

// TestDetect finds the encoding of texts that a person would know at a glance.
func TestDetect(t *testing.T) {
	for _, c := range []struct {
		name, text string
		encoding   Encoding
	}{
		{"simplified", simplified, GB18030}, {"simplified, wide", simplified, UTF16LE}, {"simplified, wide, big", simplified, UTF16BE},
		{"traditional", traditional, Big5}, {"traditional in GBK", traditional, GB18030}, {"simplified, marked", "\uFEFF" + simplified, UTF16LE},
		{"simplified, marked, big", "\uFEFF" + simplified, UTF16BE}, {"Latin", latin, Windows1252}, {"French", french, Windows1252},
		{"Latin, wide", latin, UTF16LE}, {"one apostrophe", "It's the office’s own.\n", Windows1252}, {"plain", "Nothing but ASCII.\n", UTF8},
		{"a character of four bytes", simplified + "䶮㑇€𠮷\n", GB18030}, {"short", "检查\n", GB18030}, {"empty", "", UTF8},
		{"all simplified", simplified, UTF8}, {"marked UTF-8", "\uFEFF" + simplified, UTF8},
	} {
		raw, err := c.encoding.Encode([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		found := Detect(raw)
		if found.Encoding != c.encoding {
			t.Errorf("%s: found %s, also %v; want %s", c.name, found.Encoding, found.Also, c.encoding)
			continue
		}
		if text, err := found.Encoding.Decode(raw); err != nil || string(text) != c.text {
			t.Errorf("%s: reads %q, %v", c.name, text, err)
		}
	}
}

// TestDetectDamage keeps a damaged file of UTF-8 what it is.
func TestDetectDamage(t *testing.T) {
	for _, text := range []string{"港口\xff安全的通知，各单位", "plain \xff text", "a\x00b", "x\xffy\xfez", simplified + "\xc3("} {
		if found := Detect([]byte(text)); found.Encoding != UTF8 {
			t.Errorf("%q: found %s", text, found.Encoding)
		}
	}
}

// TestDecodeRefuses names the line from which on a file is not what it is said
// to be.
func TestDecodeRefuses(t *testing.T) {
	gb, _ := GB18030.Encode([]byte("第一行\n第二行\n"))
	for _, c := range []struct {
		name     string
		encoding Encoding
		raw      string
		line     int
	}{
		{"broken GB18030", GB18030, string(gb) + "x\xff\n", 3},
		{"half a unit", UTF16LE, "a\x00\n\x00b", 2},
		{"half a pair", UTF16LE, "a\x00\n\x00\n\x00\x00\xd8a\x00", 3},
		{"Big5 with a hole", Big5, "a\n\xff\xff", 2},
	} {
		var bad *Undecodable
		if _, err := c.encoding.Decode([]byte(c.raw)); !errors.As(err, &bad) || bad.Line != c.line {
			t.Errorf("%s: %v %+v, want line %d", c.name, err, bad, c.line)
		}
	}
}

// TestCheck names the character that an encoding lacks.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		encoding Encoding
		text     string
		lacks    rune // 0: nothing
	}{
		{Big5, "港口€", 0}, {Big5, "检查", '检'}, {GB18030, "检查€𠮷", 0}, {Windows1252, "café – €", 0}, {Windows1252, "café ≥ 3", '≥'}, {UTF16LE, "𠮷", 0}, {UTF8, "𠮷", 0},
	} {
		err := c.encoding.Check(c.text)
		var lacks *Unencodable
		if errors.As(err, &lacks) != (c.lacks != 0) || lacks != nil && lacks.Character != c.lacks {
			t.Errorf("%s, %q: %v", c.encoding, c.text, err)
		}
		_, err = c.encoding.Encode([]byte(c.text))
		if lacks = nil; errors.As(err, &lacks) != (c.lacks != 0) || lacks != nil && lacks.Character != c.lacks {
			t.Errorf("Encode %s, %q: %v", c.encoding, c.text, err)
		}
	}
}

func TestOffsets(t *testing.T) {
	text := "ab港口\nc"
	for e, want := range map[Encoding][]int{GB18030: {0, 2, 6, 8}, UTF16LE: {0, 4, 8, 12}, UTF8: {0, 2, 8, 10}} {
		if got := e.Offsets([]byte(text), []int{0, 2, 8, 10}); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", e, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	for word, want := range map[string]Encoding{"GBK": GB18030, "gb2312": GB18030, "UTF-8": UTF8, "utf_16_le": UTF16LE, "CP1252": Windows1252, "big5": Big5} {
		if got, err := Parse(word); got != want || err != nil {
			t.Errorf("%s: %s, %v", word, got, err)
		}
	}
	if _, err := Parse("koi8-r"); err == nil {
		t.Error("koi8-r is taken")
	}
}

// TestDevelopmentTexts puts every text of the development data that an encoding
// can hold into it, and finds and decodes it again.
func TestDevelopmentTexts(t *testing.T) {
	files, tried, right := 0, map[Encoding]int{}, map[Encoding]int{}
	for _, dir := range []string{"../../../../shared/data/docs", "../../../../shared/data/markdown"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() || !strings.HasSuffix(path, ".md") && !strings.HasSuffix(path, ".txt") {
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil || !utf8.Valid(text) {
				return err
			}
			files++
			for _, e := range All()[1:] {
				if !holds(e, text) {
					continue
				}
				raw, err := e.Encode(text)
				if err != nil {
					return err
				}
				back, err := e.Decode(raw)
				if err != nil || string(back) != string(text) {
					t.Errorf("%s in %s: %v", filepath.Base(path), e, err)
				}
				if utf8.Valid(raw) && (e == GB18030 || e == Big5 || e == Windows1252) {
					continue // ASCII is UTF-8
				}
				if han := hanShare(text); e == Windows1252 && han > 0 || (e == GB18030 || e == Big5) && han < 0.5 {
					continue // nobody writes French in GB 18030: its letters are of four bytes there
				}
				tried[e]++
				if found := Detect(raw).Encoding; found == e {
					right[e]++
				} else {
					t.Logf("%s in %s: found %s", filepath.Base(path), e, found)
				}
			}
			return nil
		})
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("the development data is not here")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for e, n := range tried {
		t.Logf("%s: %d of %d files found", e, right[e], n)
		if right[e]*100 < n*95 {
			t.Errorf("%s: only %d of %d found", e, right[e], n)
		}
	}
	t.Logf("%d files", files)
}

func holds(e Encoding, text []byte) bool { return e.Check(string(text)) == nil }

// hanShare is the share of Han characters in the characters outside ASCII.
func hanShare(text []byte) float64 {
	han, all := 0, 0
	for _, r := range string(text) {
		if r >= utf8.RuneSelf {
			all++
			if unicode.Is(unicode.Han, r) {
				han++
			}
		}
	}
	return float64(han) / float64(max(1, all))
}
