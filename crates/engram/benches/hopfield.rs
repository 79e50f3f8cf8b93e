//! The Hopfield rows of the speed table; the workloads are in `engram::bench`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use engram::bench;

fn rows(criterion: &mut Criterion) {
    for row in bench::ROWS.iter().filter(|row| row.name.starts_with("hopfield-")) {
        let Some(mut job) = bench::job(row.name) else { continue };
        let mut group = criterion.benchmark_group("hopfield");
        group.sample_size(20);
        group.throughput(Throughput::Elements(u64::from(row.operations)));
        group.bench_function(row.name, |bencher| bencher.iter(&mut job));
        group.finish();
    }
}

criterion_group!(benches, rows);
criterion_main!(benches);
