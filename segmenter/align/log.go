package align

import "math"

// logf is the natural logarithm of a positive number to about four digits, several times
// faster than math.Log. It computes with bits and a polynomial only and is therefore the same
// on every machine.
func logf(x float32) float32 {
	b := math.Float32bits(x)
	e := float32(int32(b>>23) - 127)
	m := math.Float32frombits(b&0x7fffff | 0x3f800000)
	p := float32(-1.7417939) + float32(float32(2.8212026)+float32(float32(-1.4699568)+float32(float32(0.44717955)-float32(0.056570851*m))*m)*m)*m
	return float32(e*0.69314718) + p
}
