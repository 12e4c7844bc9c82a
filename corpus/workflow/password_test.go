package workflow

import (
	"context"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// cheap are costs that make tests quick.
var cheap = Costs{Memory: 64, Passes: 1, Lanes: 1}

func TestCheckPassword(t *testing.T) {
	u := corpus.User{Name: "Magdalena"}
	test := func(password string, want error) {
		t.Helper()
		if got := checkPassword(u, password); got != want {
			t.Errorf("checkPassword(%q) = %v, want %v", password, got, want)
		}
	}
	test("", ErrPasswordShort)
	test("elevensigns", ErrPasswordShort)
	test("twelve signs", nil)
	test("十二个汉字可以做一个密码", nil)
	test("十二个汉字可以做一个密", ErrPasswordShort)
	test(strings.Repeat("long enough ", 21)+"more", nil) // 256
	test(strings.Repeat("long enough ", 21)+"more!", ErrPasswordLong)
	test("Password2026!", ErrPasswordCommon)
	test("QWERTYUIOP123", ErrPasswordCommon)
	test("aaaaaaaaaaaaaaaa", ErrPasswordCommon)
	test("121212121212", ErrPasswordCommon)
	test("magdalena2026", ErrPasswordCommon)
	test("magdalenaMagdalena", ErrPasswordCommon)
	test("magdalena likes the harbour", nil)
}

// TestCommon keeps the list in the form in which it is looked up.
func TestCommon(t *testing.T) {
	if len(common()) < 50 {
		t.Errorf("the list has only %d passwords", len(common()))
	}
	for p := range common() {
		if p != strings.ToLower(p) || p == "" {
			t.Errorf("%q is not in lower case", p)
		}
	}
}

func TestHash(t *testing.T) {
	ctx := context.Background()
	p := newPasswords(cheap)
	hash, err := p.hash(ctx, "a good password")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("hash = %q, %v", hash, err)
	}
	if other, _ := p.hash(ctx, "a good password"); other == hash {
		t.Error("two hashes of one password are equal: no salt")
	}
	test := func(p *passwords, password, hash string, wantOK, wantOutdated bool) {
		t.Helper()
		if ok, outdated, err := p.matches(ctx, password, hash); ok != wantOK || outdated != wantOutdated || err != nil {
			t.Errorf("matches(%q, %q) = %t, %t, %v, want %t, %t", password, hash, ok, outdated, err, wantOK, wantOutdated)
		}
	}
	test(p, "a good password", hash, true, false)
	test(p, "a good passwore", hash, false, false)
	test(p, "", "", false, false)
	test(newPasswords(Costs{Memory: 128, Passes: 1, Lanes: 1}), "a good password", hash, true, true)
	wide, err := p.hash(ctx, "ｆｕｌｌ ｗｉｄｔｈ") // as an input method may type it
	if err != nil {
		t.Fatal(err)
	}
	test(p, "full width", wide, true, false)
	long := strings.Repeat("0123456789ab ", 19) + "01234567x"
	if hash, err = p.hash(ctx, long); err != nil {
		t.Fatal(err)
	}
	test(p, long[:len(long)-1]+"y", hash, false, false) // the last character counts
	for _, damaged := range []string{"x", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=a$AAAA$AAAA", "$argon2id$v=19$m=64,t=1,p=1$*$AAAA"} {
		if ok, _, err := p.matches(ctx, "a good password", damaged); ok || err == nil {
			t.Errorf("matches with the stored %q = %t, %v, want an error", damaged, ok, err)
		}
	}
}
