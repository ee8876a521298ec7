/** Compiles and runs programs in TypeScript that stand in pages. */
import { createRequire } from "node:module";
import * as path from "node:path";
import * as vm from "node:vm";
import ts from "typescript";
import * as meridian from "../../../components";
import { type CodeBlock } from "./blocks";

const ROOT = path.join(__dirname, "..", "..", "..");

/** Where a block would be if it were a file beside its page. */
function fileOf(block: CodeBlock): string {
    return path.join(ROOT, `${block.page}.${block.line}.ts`);
}

/**
 * Compiles all blocks as modules of one program, with `strict`.
 *
 * @returns What the compiler says, by the block's page and line.
 */
export function compileBlocks(blocks: readonly CodeBlock[]): string[] {
    const texts = new Map(blocks.map((block) => [fileOf(block), block]));
    const options: ts.CompilerOptions = {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        // Two blocks of a page are two programs.
        moduleDetection: ts.ModuleDetectionKind.Force,
        types: ["node"],
        paths: { meridian: [path.join(ROOT, "components", "index.ts")] },
    };
    const host = ts.createCompilerHost(options);
    const files = ts.createCompilerHost(options);
    host.fileExists = (file) => texts.has(file) || files.fileExists(file);
    host.readFile = (file) => texts.get(file)?.text ?? files.readFile(file);
    host.getSourceFile = (file, languageVersion, ...rest) => {
        const block = texts.get(file);
        return block === undefined
            ? files.getSourceFile(file, languageVersion, ...rest)
            : ts.createSourceFile(file, block.text, languageVersion);
    };
    const program = ts.createProgram({ rootNames: [...texts.keys()], options, host });
    return [...texts].flatMap(([file, block]) => {
        const source = program.getSourceFile(file);
        return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
            ({ start, messageText }) => {
                const within = source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
                const message = ts.flattenDiagnosticMessageText(messageText, "\n");
                return `${block.page}:${block.line + 1 + within} ${message}`;
            },
        );
    });
}

/** The block as JavaScript for Node.js, in CommonJS. */
export function toJavaScript(block: CodeBlock): string {
    return ts.transpileModule(block.text, {
        compilerOptions: {
            target: ts.ScriptTarget.ES2022,
            module: ts.ModuleKind.CommonJS,
            esModuleInterop: true,
        },
    }).outputText;
}

/** Runs a block as a program. Returns what it exports. */
export function runBlock(block: CodeBlock): Record<string, unknown> {
    const load = createRequire(fileOf(block));
    const module = { exports: {} as Record<string, unknown> };
    const run = vm.compileFunction(toJavaScript(block), ["module", "exports", "require"], {
        filename: fileOf(block),
    }) as (...given: unknown[]) => void;
    run(module, module.exports, (name: string): unknown =>
        name === "meridian" ? meridian : (load(name) as unknown),
    );
    return module.exports;
}
