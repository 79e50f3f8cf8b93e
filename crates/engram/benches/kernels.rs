//! The rows of the speed table; the workloads are in `engram::bench`. A group a model.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use engram::bench;

fn rows(criterion: &mut Criterion) {
    for row in bench::rows() {
        let model = row.name.split('-').next().unwrap_or(row.name);
        let mut job = None;
        let mut group = criterion.benchmark_group(model);
        group.sample_size(20);
        group.throughput(Throughput::Elements(u64::from(row.operations)));
        group.bench_function(row.name, |bencher| bencher.iter(job.get_or_insert_with(row.job)));
        group.finish();
    }
}

criterion_group!(benches, rows);
criterion_main!(benches);
