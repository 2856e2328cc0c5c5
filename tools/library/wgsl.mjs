/**
 * Turns a kernel's source into what the GPU gets, and reads its interface from it.
 *
 * Directives, each on a line of its own: `#include NAME` (from `kernels/parts`), `#if FLAG`, `#if !FLAG`, `#end`, and
 * `#repeat COUNT` … `#end`, which writes its lines COUNT times with `$` as 0, 1, 2, … (so that arrays can be registers).
 * Constants of the instance become `const NAME`, `fn main` becomes the kernel's name (the engine uses it as entry
 * point), comments and indentation are dropped.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const KERNELS = new URL('../../model-library/kernels/', import.meta.url).pathname;

const read = (file) => readFileSync(join(KERNELS, file), 'utf8');

function include(source) {
  return source.replaceAll(/^\s*#include (\w+)\s*$/gm, (_, name) => read(`parts/${name}.wgsl`));
}

/** Keeps or drops the lines between `#if` and `#end`. Blocks do not nest. */
function choose(source, flags, file) {
  return source.replaceAll(/^\s*#if (!?)(\w+)\s*\n([^]*?)^\s*#end\s*$/gm, (_, not, flag, body) => {
    if (typeof flags[flag] !== 'boolean') throw new Error(`${file}: unknown flag ${flag}`);
    return flags[flag] === (not === '') ? body : '';
  });
}

function repeat(source, consts, file) {
  return source.replaceAll(/^\s*#repeat (\w+)\s*\n([^]*?)^\s*#end\s*$/gm, (_, count, body) => {
    if (!Number.isInteger(consts[count])) throw new Error(`${file}: unknown count ${count}`);
    return Array.from({ length: consts[count] }, (_unused, i) => body.replaceAll('$', i)).join('');
  });
}

function constants(source, consts) {
  const used = Object.entries(consts).filter(
    ([name, value]) => typeof value === 'number' && new RegExp(`\\b${name}\\b`).test(source),
  );
  return used
    .map(([name, value]) => `const ${name} = ${Number.isInteger(value) ? `${value}u` : `${value}f`};\n`)
    .join('');
}

function strip(source) {
  const lines = source.replaceAll(/\/\/.*$/gm, '').split('\n');
  return (
    lines
      .map((line) => line.trim())
      .filter(Boolean)
      .join('\n') + '\n'
  );
}

/** Applies `break` mutations of the tests: a named textual change of one kernel's source. */
function mutate(source, mutation, file) {
  if (mutation === undefined || mutation.file !== file) return source;
  if (!source.includes(mutation.from)) throw new Error(`${file} has no "${mutation.from}" to break`);
  return source.replace(mutation.from, mutation.to);
}

/** Finished WGSL of one kernel. */
export function compile({ name, file, consts }, mutation) {
  const source = repeat(choose(mutate(include(read(file)), mutation, file), consts, file), consts, file);
  if (!/\bfn main\(/.test(source)) throw new Error(`${file} has no fn main`);
  return strip(constants(source, consts) + source.replace(/\bfn main\(/, `fn ${name}(`));
}

const STORAGE = /@group\(0\) @binding\((\d+)\) var<storage, (read|read_write)> \w+/g;
const PODS = /struct Pods \{([^}]*)\}/;

/**
 * The interface that the engine needs to create a pipeline: buffers in order with their write access, then the plain
 * values of `struct Pods` except the last, `grid_x`, which the engine adds by itself.
 */
export function describe(name, wgsl) {
  const buffers = [...wgsl.matchAll(STORAGE)].sort((a, b) => a[1] - b[1]);
  const pods =
    PODS.exec(wgsl)?.[1]
      .split(',')
      .map((field) => field.trim())
      .filter(Boolean) ?? [];
  if (pods.at(-1)?.split(':')[0] !== 'grid_x')
    throw new Error(`${name}: the last field of Pods must be grid_x`);
  const types = pods.slice(0, -1).map((field) => (field.endsWith(': f32') ? 'float32' : 'uint32'));
  return {
    name,
    arg_types: [...buffers.map(() => 'handle'), ...types],
    launch_param_tags: [
      `paramWriteAccess:[${buffers.map((b) => (b[2] === 'read_write' ? 1 : 0)).join(',')}]`,
      'blockIdx.x',
      'blockIdx.y',
    ],
  };
}
