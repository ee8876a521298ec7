/** The page's script: joins the drawing, the tools and the panel. */
import { SIGNS } from "../../signs";
import { type Picture, type System } from "../../types";
import { losses, type Lost, whatIf } from "../../whatIf";
import { byId, element } from "./dom";
import { Panel } from "./panel";
import { Stage } from "./stage";

const picture = JSON.parse(byId("picture").textContent) as Picture;
const lostChoice = byId("lost", HTMLSelectElement);
const search = byId("search", HTMLInputElement);

const panel = new Panel(
    byId("panel"),
    picture,
    (node) => {
        current.choose(node, { reveal: true });
        current.focus(node);
    },
    () => {
        const { chosen } = current;
        current.choose(undefined);
        lostChoice.value = "";
        current.mark(undefined);
        if (chosen !== undefined) {
            current.focus(chosen);
        }
    },
);

const stages = new Map(
    picture.systems.flatMap((system) => {
        const svg = [...document.querySelectorAll<SVGSVGElement>("svg.stage")].find(
            ({ dataset }) => dataset["system"] === system.id,
        );
        return svg === undefined
            ? []
            : [
                  [
                      system.id,
                      new Stage(
                          svg,
                          system,
                          (node) => {
                              onChoose(system, node);
                          },
                          () => panel.width(),
                      ),
                  ] as const,
              ];
    }),
);
const [firstStage] = stages.values();
if (firstStage === undefined) {
    throw new Error("nothing is drawn");
}
let current: Stage = firstStage;

function onChoose(system: System, id: string | undefined): void {
    const node = system.nodes.find((each) => each.id === id);
    if (node !== undefined) {
        panel.node(system, node);
    } else if (lostChoice.value === "") {
        panel.clear();
    } else {
        showLoss();
    }
}

/** The loss that is chosen, as the choice's value says it. */
function chosenLoss(): Lost | undefined {
    const [kind, ...rest] = lostChoice.value.split(" ");
    const name = rest.join(" ");
    switch (kind) {
        case "region":
            return { kind, region: name };
        case "zone":
            return { kind, zone: name };
        case "node":
            return { kind, node: name };
        default:
            return undefined;
    }
}

function showLoss(): void {
    const lost = chosenLoss();
    const outcome = lost === undefined ? undefined : whatIf(current.system, lost);
    current.mark(outcome);
    if (lost === undefined || outcome === undefined) {
        panel.clear();
    } else {
        panel.loss(current.system, lost, outcome);
        // What is lost is seen by its marks, wherever it is.
        current.fit(true);
    }
}

function offerLosses(system: System): void {
    const { regions, zones, nodes } = losses(system);
    const option = (value: string, text: string): HTMLOptionElement => {
        const made = element("option", text);
        made.value = value;
        return made;
    };
    const group = (label: string, options: readonly HTMLOptionElement[]): HTMLOptGroupElement => {
        const made = element("optgroup", options);
        made.label = label;
        return made;
    };
    const named = nodes.map(({ id, label, kind, region }) =>
        option(`node ${id}`, `${SIGNS[kind].word} ${label}${region === undefined ? "" : ` (${region})`}`),
    );
    lostChoice.replaceChildren(
        option("", "nothing"),
        group(
            "Regions",
            regions.map((region) => option(`region ${region}`, region)),
        ),
        group(
            "Zones",
            zones.map((zone) => option(`zone ${zone}`, zone)),
        ),
        group("Parts", named),
    );
}

function find(): void {
    const words = search.value
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== "");
    if (words.length === 0) {
        current.search(undefined);
        byId("found").textContent = "";
        return;
    }
    const found = current.system.nodes.filter((node) => {
        const { label, caption, kind, region = "", zones, names = [], resources } = node;
        const own = resources.flatMap((index) => picture.resources[index] ?? []);
        const text = [
            label,
            caption,
            SIGNS[kind].word,
            region,
            ...zones,
            ...names,
            ...own.flatMap(({ name, type }) => [name, type]),
        ]
            .join(" ")
            .toLowerCase();
        return words.every((word) => text.includes(word));
    });
    current.search(new Set(found.map(({ id }) => id)));
    byId("found").textContent =
        found.length === 0
            ? "Nothing has these words."
            : `${found.length} of ${current.system.nodes.length} parts. Enter opens the first one.`;
}

function switchTo(id: string): void {
    current.choose(undefined);
    current.mark(undefined);
    for (const [each, stage] of stages) {
        stage.svg.toggleAttribute("hidden", each !== id);
        if (each === id) {
            current = stage;
        }
    }
    offerLosses(current.system);
    current.fit();
    find();
}

/** Light or dark, as the browser asks for it until the button says otherwise. */
function setTheme(theme: "light" | "dark"): void {
    document.documentElement.dataset["theme"] = theme;
    for (const drawing of document.querySelectorAll(".drawing")) {
        drawing.classList.toggle("light", theme === "light");
        drawing.classList.toggle("dark", theme === "dark");
    }
    byId("theme").setAttribute("aria-pressed", String(theme === "dark"));
}

const dark = matchMedia("(prefers-color-scheme: dark)");
setTheme(dark.matches ? "dark" : "light");
dark.addEventListener("change", ({ matches }) => {
    setTheme(matches ? "dark" : "light");
});
byId("theme").addEventListener("click", () => {
    setTheme(document.documentElement.dataset["theme"] === "dark" ? "light" : "dark");
});
lostChoice.addEventListener("change", () => {
    current.choose(undefined);
    showLoss();
});
search.addEventListener("input", find);
search.addEventListener("keydown", (event) => {
    const first = current.svg.querySelector<SVGGElement>(".node.match")?.dataset["node"];
    if (event.key === "Enter" && first !== undefined) {
        current.choose(first, { reveal: true });
        current.focus(first);
    } else if (event.key === "Escape") {
        search.value = "";
        find();
    }
});
document.getElementById("system")?.addEventListener("change", (event) => {
    switchTo((event.target as HTMLSelectElement).value);
});
for (const box of document.querySelectorAll<HTMLInputElement>("[data-layer]")) {
    box.addEventListener("change", () => {
        for (const stage of stages.values()) {
            stage.layer(box.dataset["layer"] ?? "", box.checked);
        }
    });
}
for (const button of document.querySelectorAll<HTMLElement>("[data-zoom]")) {
    button.addEventListener("click", () => {
        const how = button.dataset["zoom"];
        if (how === "fit") {
            current.fit(true);
        } else {
            current.zoom(how === "in" ? 1.25 : 0.8);
        }
    });
}
byId("how").addEventListener("click", () => {
    panel.help(byId("help", HTMLTemplateElement));
});
byId("panel").addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
        panel.onClose();
    }
});
addEventListener("resize", () => {
    current.fit();
});
let undo: (() => void)[] = [];
addEventListener("beforeprint", () => {
    // What is folded is lost on paper.
    const folded = [...document.querySelectorAll<HTMLDetailsElement>("main > details:not([open])")];
    folded.forEach((details) => (details.open = true));
    undo = [
        current.whole(),
        () => {
            folded.forEach((details) => (details.open = false));
        },
    ];
});
addEventListener("afterprint", () => {
    undo.forEach((each) => {
        each();
    });
    undo = [];
});
offerLosses(current.system);
current.fit();
