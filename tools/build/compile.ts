/** Compiles the package's TypeScript. */
import ts from "typescript";

/**
 * Compiles what a tsconfig.json includes.
 *
 * @param configFile Path of the tsconfig.json.
 * @param outDir Folder that JavaScript and declarations go to.
 * @throws Error with the compiler's messages when anything is wrong with the sources.
 */
export function compile(configFile: string, outDir: string): void {
    const config = ts.getParsedCommandLineOfConfigFile(
        configFile,
        { outDir },
        {
            ...ts.sys,
            onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
                fail([diagnostic]);
            },
        },
    );
    if (config === undefined) {
        throw new Error(`cannot read ${configFile}`);
    }
    const program = ts.createProgram({ rootNames: config.fileNames, options: config.options });
    const { diagnostics } = program.emit(undefined, undefined, undefined, false, {
        afterDeclarations: [withoutTypeModifiers],
    });
    const problems = [...config.errors, ...ts.getPreEmitDiagnostics(program), ...diagnostics];
    if (problems.length > 0) {
        fail(problems);
    }
}

function fail(diagnostics: readonly ts.Diagnostic[]): never {
    throw new Error(
        ts.formatDiagnostics(diagnostics, {
            getCanonicalFileName: (name) => name,
            getCurrentDirectory: () => process.cwd(),
            getNewLine: () => "\n",
        }),
    );
}

/**
 * Writes `import { type X }` of a declaration file as `import { X }`, which means the same there. TypeScript before 4.5
 * cannot read the former, and Pulumi compiles a program that brings no TypeScript with 3.8.
 */
function withoutTypeModifiers(
    context: ts.TransformationContext,
): (file: ts.SourceFile | ts.Bundle) => ts.SourceFile | ts.Bundle {
    const visit = (node: ts.Node): ts.Node => {
        if (ts.isImportSpecifier(node)) {
            return context.factory.updateImportSpecifier(node, false, node.propertyName, node.name);
        }
        if (ts.isExportSpecifier(node)) {
            return context.factory.updateExportSpecifier(node, false, node.propertyName, node.name);
        }
        return ts.visitEachChild(node, visit, context);
    };
    return (file) => (ts.isSourceFile(file) ? ts.visitEachChild(file, visit, context) : file);
}
