package rating

import "math"

// solveLinear solves matrix*x = right by elimination with row exchanges and
// leaves both arguments as they are. The matrix must be regular.
func solveLinear(matrix [][]float64, right []float64) []float64 {
	n := len(right)
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = append(append(make([]float64, 0, n+1), matrix[i]...), right[i])
	}
	for column := range n {
		pivot := column
		for i := column + 1; i < n; i++ {
			if math.Abs(rows[i][column]) > math.Abs(rows[pivot][column]) {
				pivot = i
			}
		}
		rows[column], rows[pivot] = rows[pivot], rows[column]
		for i := column + 1; i < n; i++ {
			factor := rows[i][column] / rows[column][column]
			if factor == 0 {
				continue
			}
			for j := column; j <= n; j++ {
				rows[i][j] -= float64(factor * rows[column][j])
			}
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		sum := rows[i][n]
		for j := i + 1; j < n; j++ {
			sum -= float64(rows[i][j] * x[j])
		}
		x[i] = sum / rows[i][i]
	}
	return x
}
