/** The page: registration, sign-in, to-dos, and the user's own folder. */
import { type Config, readConfig } from "./config";
import { type Files, filesOf } from "./files";
import { action, complain, element, field, form, part, say, show, textOf } from "./page";
import { type Todo, type Todos, todosOf } from "./todos";
import { type Session, type Step, type Users, usersOf } from "./users";

const email = () =>
    field("Mail address", { name: "email", type: "email", autocomplete: "username", required: true });
const code = (text: string) =>
    field(text, {
        name: "code",
        inputMode: "numeric",
        autocomplete: "one-time-code",
        pattern: "[0-9]{6}",
        required: true,
    });

function start(config: Config): void {
    const users = usersOf(config);
    showSignIn(config, users);
}

function showSignIn(config: Config, users: Users): void {
    const password = (text: string, autocomplete: "current-password" | "new-password") =>
        field(text, { name: "password", type: "password", autocomplete, required: true });
    show(
        form("Sign in", [email(), password("Password", "current-password")], "Sign in", async (values) => {
            say("Signing in");
            await follow(
                config,
                users,
                await users.signIn(textOf(values, "email"), textOf(values, "password")),
            );
        }),
        form(
            "Register",
            [email(), password("New password: 12 characters, of all kinds", "new-password")],
            "Register",
            async (values) => {
                const address = textOf(values, "email");
                await users.register(address, textOf(values, "password"));
                showConfirmation(config, users, address);
            },
        ),
    );
}

function showConfirmation(config: Config, users: Users, address: string): void {
    show(
        form("Confirm your address", [code(`Code sent to ${address}`)], "Confirm", async (values) => {
            await users.confirm(address, textOf(values, "code"));
            showSignIn(config, users);
            say("Your address is confirmed. Sign in.");
        }),
        action("Send another code", "Send another code", async () => {
            await users.sendCodeAgain(address);
            say("Another code is on its way.");
        }),
    );
    say(`We have sent a code to ${address}.`);
}

async function follow(config: Config, users: Users, step: Step): Promise<void> {
    switch (step.kind) {
        case "done":
            await showHome(config, users, step.session);
            return;
        case "code":
            show(
                form("Second factor", [code("Code of your authenticator app")], "Go on", async (values) => {
                    await follow(config, users, await step.answer(textOf(values, "code")));
                }),
            );
            say("Enter the code of your authenticator app.");
            return;
        case "set-up":
            show(
                secondFactor(step.secret, async (given) => {
                    await follow(config, users, await step.answer(given));
                }),
            );
            say("Everybody needs a second factor. Set yours up.");
    }
}

function secondFactor(secret: string, act: (given: string) => Promise<void>): HTMLFormElement {
    return form(
        "Set up a second factor",
        [
            element(
                "p",
                {},
                "Enter this key into your authenticator app: ",
                element("code", { id: "secret" }, secret),
            ),
            code("Code that the app shows"),
        ],
        "Set up",
        (values) => act(textOf(values, "code")),
    );
}

async function showHome(config: Config, users: Users, session: Session): Promise<void> {
    const who = part("who");
    const out = part("sign-out") as HTMLButtonElement;
    who.textContent = session.email;
    who.hidden = false;
    out.hidden = false;
    out.onclick = () => {
        who.hidden = true;
        out.hidden = true;
        users.signOut(session).catch(complain);
        showSignIn(config, users);
        say("You have signed out.");
    };
    const todos = todosOf(config, session);
    const files = await filesOf(config, session);
    const todoSection = await todoList(todos);
    show(todoSection, await folder(files), secondFactorSection(users, session));
    say("You have signed in.");
}

async function todoList(todos: Todos): Promise<HTMLElement> {
    const list = element("ul", { id: "todos" });
    const draw = (todo: Todo): HTMLLIElement => {
        const box = element("input", { type: "checkbox", checked: todo.done });
        const item = element(
            "li",
            { className: todo.done ? "done" : "" },
            element("label", {}, box, element("span", {}, todo.title)),
            action("Delete", `Delete ${todo.title}`, async () => {
                await todos.remove(todo);
                item.remove();
                say(`${todo.title} is deleted.`);
                part("main").focus();
            }),
        );
        box.addEventListener("change", () => {
            box.disabled = true;
            todos
                .tick(todo, box.checked)
                .then((changed) => {
                    const drawn = draw(changed);
                    item.replaceWith(drawn);
                    drawn.querySelector("input")?.focus();
                    say(changed.done ? `${changed.title} is done.` : `${changed.title} is to be done.`);
                })
                .catch((error: unknown) => {
                    box.checked = todo.done;
                    box.disabled = false;
                    complain(error);
                });
        });
        return item;
    };
    list.append(...(await todos.list()).map(draw));
    const add = form(
        "Your to-dos",
        [field("What is to be done", { name: "title", maxLength: 200, required: true, autocomplete: "off" })],
        "Add",
        async (values) => {
            const todo = await todos.add(textOf(values, "title"));
            list.prepend(draw(todo));
            add.reset();
            say(`${todo.title} is added.`);
        },
    );
    return element("section", { ariaLabel: "To-dos" }, add, list);
}

async function folder(files: Files): Promise<HTMLElement> {
    const list = element("ul", { id: "files" });
    const draw = async (): Promise<void> => {
        const all = await files.list();
        list.replaceChildren(
            ...all.map(({ name, size }) =>
                element(
                    "li",
                    {},
                    element("span", {}, `${name} (${size} bytes)`),
                    action("Delete", `Delete ${name}`, async () => {
                        await files.remove(name);
                        await draw();
                        say(`${name} is deleted.`);
                        part("main").focus();
                    }),
                ),
            ),
        );
    };
    await draw();
    const upload = form(
        "Your folder",
        [field("File", { name: "file", type: "file", required: true })],
        "Upload",
        async (values) => {
            const file = values.get("file");
            if (file instanceof File) {
                await files.put(file);
                await draw();
                upload.reset();
                say(`${file.name} is in your folder.`);
            }
        },
    );
    const section = element("section", { ariaLabel: "Folder" }, upload, list);
    section.dataset["identity"] = files.identityId;
    return section;
}

function secondFactorSection(users: Users, session: Session): HTMLElement {
    const section = element("section", { ariaLabel: "Second factor" }, element("h2", {}, "Second factor"));
    section.append(
        action("Set up an authenticator app", "Set up an authenticator app", async () => {
            const begun = await users.beginSecondFactor(session);
            section.replaceChildren(
                secondFactor(begun.secret, async (given) => {
                    await begun.confirm(given);
                    section.replaceChildren(
                        element("h2", {}, "Second factor"),
                        element("p", {}, "Your authenticator app is set up."),
                    );
                    say("From now on you are asked for its code.");
                }),
            );
            section.querySelector("input")?.focus();
        }),
    );
    return section;
}

readConfig().then(start).catch(complain);
