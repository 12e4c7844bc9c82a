package quantity

import (
	"math/big"
	"testing"
)

func TestValueString(t *testing.T) {
	test := func(v Value, want string) {
		t.Helper()
		if got := v.String(); got != want {
			t.Errorf("String() = %s, want %s", got, want)
		}
	}
	test(Decimal(33684, 3), "33684000")
	test(Decimal(125, -3), "0.125")
	test(Decimal(1250, -2), "12.5")
	test(Decimal(0, 7), "0")
	test(Decimal(-5, -1), "-0.5")
	test(Ratio(1, 8), "0.125")
	test(Ratio(2, 3), "2/3")
	test(Ratio(10, 30), "1/3")
	test(Ratio(1, 0), "NaN")
	test(Decimal(1, 99), "NaN")
	test(Decimal(1, 0).Add(Ratio(1, 3)), "4/3")
}

func TestValueIsCanonical(t *testing.T) {
	if Ratio(50, 100) != Decimal(5, -1) || Decimal(120, 3) != Decimal(12, 4) || Ratio(3, 9) != Ratio(1, 3) {
		t.Error("equal values are not ==")
	}
	if sum := Decimal(1, -1).Add(Decimal(2, -1)); sum != Decimal(3, -1) {
		t.Errorf("0.1 + 0.2 = %v, want 0.3", sum)
	}
}

// FuzzValue compares sums and products with math/big wherever Value has them.
func FuzzValue(f *testing.F) {
	f.Add(int64(33684), 3, int64(1), int64(3))
	f.Add(int64(-7), -12, int64(9e17), int64(8))
	f.Fuzz(func(t *testing.T, a int64, exp int, b, den int64) {
		exp %= 20
		v, w := Decimal(a, exp), Ratio(b, den)
		if !v.Valid() || !w.Valid() {
			return
		}
		rat := func(v Value) *big.Rat {
			r := big.NewRat(v.num, v.den)
			ten := new(big.Rat).SetInt64(10)
			for range max(v.exp, 0) {
				r.Mul(r, ten)
			}
			for range max(-v.exp, 0) {
				r.Quo(r, ten)
			}
			return r
		}
		if sum := v.Add(w); sum.Valid() && rat(sum).Cmp(new(big.Rat).Add(rat(v), rat(w))) != 0 {
			t.Errorf("%v + %v = %v", v, w, sum)
		}
		if product := v.Mul(w); product.Valid() && rat(product).Cmp(new(big.Rat).Mul(rat(v), rat(w))) != 0 {
			t.Errorf("%v × %v = %v", v, w, product)
		}
	})
}

func TestFormat(t *testing.T) {
	test := func(v Value, like Quantity, want string) {
		t.Helper()
		if got := Format(v, like); got != want {
			t.Errorf("Format(%v, %v) = %q, want %q", v, like.Form, got, want)
		}
	}
	test(Decimal(33684, 3), Quantity{Form: Scaled}, "33.684 million")
	test(Decimal(33684, 3), Quantity{Form: Grouped}, "33,684,000")
	test(Decimal(9, 9), Quantity{Form: Scaled}, "9 billion")
	test(Decimal(15, 11), Quantity{Form: Scaled}, "1.5 trillion")
	test(Decimal(2020, 0), Quantity{Form: Plain, Kind: Year}, "2020")
	test(Decimal(2285, 0), Quantity{Form: Plain}, "2,285")
	test(Decimal(125, -3), Quantity{Form: Plain, Kind: Share}, "12.5")
	test(Decimal(123456789, 0), Quantity{Form: Scaled}, "123,456,789")
	test(Ratio(1, 3), Quantity{}, "")
}
