import { expect } from "chai";
import { progressLine } from "../../../tools/preview/render/progress";

describe("the progress line", () => {
    const target = (
        isTTY: boolean,
        columns?: number,
    ): { written: string[]; isTTY: boolean; columns?: number; write(text: string): void } => {
        const written: string[] = [];
        return {
            written,
            isTTY,
            ...(columns === undefined ? {} : { columns }),
            write: (text) => written.push(text),
        };
    };

    it("writes nothing where there is no terminal", () => {
        const pipe = target(false);
        const progress = progressLine(pipe);
        progress.update("prod-us");
        progress.clear();
        expect(pipe.written).to.deep.equal([]);
    });

    it("writes over itself, and leaves nothing behind", () => {
        const terminal = target(true, 10);
        let time = 0;
        const progress = progressLine(terminal, () => (time += 1000));
        progress.update("prod-us: 12 resources");
        progress.update("prod-eu");
        progress.clear();
        progress.clear();
        expect(terminal.written).to.deep.equal(["\r\u001b[2Kprod-us: ", "\r\u001b[2Kprod-eu", "\r\u001b[2K"]);
    });

    it("does not write more often than anybody can read", () => {
        const terminal = target(true);
        let time = 0;
        const progress = progressLine(terminal, () => time);
        for (; time < 1000; time += 1) {
            progress.update(String(time));
        }
        expect(terminal.written).to.have.length(20);
    });
});
