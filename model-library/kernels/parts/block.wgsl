// The engine folds more than 65535 workgroups in x into z, and may start a few too many: `grid_x` is the number that
// was asked for. A workgroup at or beyond it has nothing to do.
fn block_index(group: vec3<u32>, groups: vec3<u32>) -> u32 {
  return group.z * groups.x + group.x;
}
