/* Solves the barrier's task while the visitor fills in the form.
 *
 * Without this script, or where it fails (no secure connection, no worker), the form is sent with its ticket only:
 * the server then asks for a minimal age and lets fewer through. So nothing here may keep a form from being sent.
 */
(() => {
    const TIMEOUT = 60000;

    /** Return the encoded solution of a ticket; "" when there is none. */
    function solve(ticket, workerUrl) {
        return new Promise((resolve) => {
            const challenge = JSON.parse(atob(ticket));
            const worker = new Worker(workerUrl);
            const end = (solution) => {
                worker.terminate();
                resolve(solution ? btoa(JSON.stringify({ challenge, solution })) : "");
            };
            worker.onmessage = ({ data }) => end(data && data.derivedKey ? data : null);
            worker.onerror = () => end(null);
            worker.postMessage({ type: "work", challenge, timeout: TIMEOUT });
        }).catch(() => "");
    }

    /** Fill in the solution of one barrier; a form sent earlier waits for it. */
    function guard(barrier) {
        const form = barrier.closest("form");
        // The region stands there from the beginning: screen readers tell what changes in it, not that it appears.
        const status = barrier.querySelector("[role=status] > *");
        let state = "working";
        let button = null;
        const solved = solve(barrier.querySelector("[data-ticket]").value, barrier.dataset.worker);
        solved.then((proof) => {
            barrier.querySelector("[data-proof]").value = proof;
            const waiting = state === "waiting";
            state = "done";
            if (waiting && form.requestSubmit) {
                form.requestSubmit(button);
            } else if (waiting) {
                form.submit();
            }
        });
        form.addEventListener("submit", (event) => {
            if (state === "done") {
                status.hidden = true;
                return;
            }
            event.preventDefault();
            button = event.submitter;
            state = "waiting";
            status.hidden = false;
        });
    }

    document.querySelectorAll("[data-worker]").forEach(guard);
})();
