"""One peer of the benchmark: holds a network (binary cross-entropy, Adam 1e-3): `mlp`, 20 - 128 ReLU - dropout 0.5 - 64 ReLU - dropout 0.5 - 1, or
`gru`, a GRU of 64 units over 26 weeks x 8 features, then 1; and, for each line `{"batch": B, "seconds": S}` on stdin, trains for about S seconds in batches of B and answers `{"ms": MILLISECONDS PER STEP}`.
A first line `{"ready": VERSIONS}` says that it is warm. A line `{"job": EPOCHS}` builds the model anew, trains so many epochs at batch 32 and
answers `{"seconds": …}`. Usage: python train.py PEER [mlp|gru], with PEER one of the keys
of PEERS; scikit-learn has no `gru`.
"""
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
NETWORK = sys.argv[2] if len(sys.argv) > 2 else "mlp"
GRU = NETWORK == "gru"
ROWS = 4_096 if GRU else 32_000
SHAPE = (26, 8) if GRU else (20,)
UNITS = 64


def data():
    import numpy as np

    random = np.random.default_rng(1)
    x = random.standard_normal((ROWS, *SHAPE)).astype("float32")
    flat = x.reshape(ROWS, -1)
    y = (flat[:, 0] + 0.5 * flat[:, 1] + random.standard_normal(ROWS) > 0).astype("float32")
    return x, y


class Keras:
    """`fit` as it comes, or with 64 steps per execution; one warm model for each batch size."""

    def __init__(self, steps_per_execution=1):
        import keras

        self.keras, self.steps_per_execution = keras, steps_per_execution
        self.x, self.y = data()
        self.models = {}
        self.version = f"Keras {keras.__version__}"

    def build(self):
        layers = self.keras.layers
        recurrent = [layers.Input(SHAPE), layers.GRU(UNITS), layers.Dense(1, activation="sigmoid")]
        model = self.keras.Sequential(
            recurrent
            if GRU
            else [
                layers.Input(SHAPE),
                layers.Dense(128, activation="relu"),
                layers.Dropout(0.5),
                layers.Dense(64, activation="relu"),
                layers.Dropout(0.5),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
        model.compile(optimizer=self.keras.optimizers.Adam(1e-3), loss="binary_crossentropy", steps_per_execution=self.steps_per_execution)
        return model

    def epochs(self, model, batch, count):
        model.fit(self.x, self.y, batch_size=batch, epochs=count, verbose=0, shuffle=True)

    def segment(self, batch, seconds):
        if batch not in self.models:
            self.models[batch] = self.build()
            self.epochs(self.models[batch], batch, 1)
        return by_epochs(lambda: self.epochs(self.models[batch], batch, 1), batch, seconds)

    def job(self, epochs):
        self.epochs(self.build(), 32, epochs)


class Torch:
    """An eager loop with the fused Adam, on as many threads as asked for; batches by one shuffled index an epoch."""

    def __init__(self, threads):
        import torch

        torch.set_num_threads(threads)
        self.torch = torch
        self.x, self.y = (torch.from_numpy(each) for each in data())
        self.models = {}
        self.version = f"PyTorch {torch.__version__}"

    def build(self):
        nn = self.torch.nn

        class Recurrent(nn.Module):
            def __init__(self):
                super().__init__()
                self.gru, self.out = nn.GRU(SHAPE[-1], UNITS, batch_first=True), nn.Linear(UNITS, 1)

            def forward(self, x):
                return self.out(self.gru(x)[0][:, -1])

        model = Recurrent() if GRU else nn.Sequential(nn.Linear(SHAPE[0], 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, 1))
        return model, self.torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)

    def epoch(self, model, optimiser, batch):
        loss_of = self.torch.nn.functional.binary_cross_entropy_with_logits
        order = self.torch.randperm(ROWS)
        for start in range(0, ROWS - ROWS % batch, batch):
            rows = order[start : start + batch]
            optimiser.zero_grad(set_to_none=True)
            loss = loss_of(model(self.x[rows]).squeeze(1), self.y[rows])
            loss.backward()
            optimiser.step()

    def segment(self, batch, seconds):
        if batch not in self.models:
            self.models[batch] = self.build()
            self.epoch(*self.models[batch], batch)
        return by_epochs(lambda: self.epoch(*self.models[batch], batch), batch, seconds)

    def job(self, epochs):
        model, optimiser = self.build()
        for _ in range(epochs):
            self.epoch(model, optimiser, 32)


class Jax:
    """A whole epoch in one scan, compiled once for each batch size; Adam of optax, its state donated."""

    def __init__(self):
        import jax
        import optax

        self.jax, self.optimiser = jax, optax.adam(1e-3)
        self.x, self.y = (jax.numpy.asarray(each) for each in data())
        self.epochs, self.states = {}, {}
        self.version = f"JAX {jax.__version__}"

    def start(self):
        jnp, random = self.jax.numpy, self.jax.random
        keys = random.split(random.key(0), 3)
        sizes = [(SHAPE[-1], 3 * UNITS), (UNITS, 3 * UNITS), (UNITS, 1)] if GRU else [(SHAPE[0], 128), (128, 64), (64, 1)]
        weights = [(random.uniform(key, size, minval=-1, maxval=1) * (6 / sum(size)) ** 0.5, jnp.zeros(size[1])) for key, size in zip(keys, sizes)]
        return weights, self.optimiser.init(weights), random.key(1)

    def compiled(self, batch):
        import functools

        import optax

        jax, jnp = self.jax, self.jax.numpy

        def logits_of_weeks(weights, x):
            (w, b), (u, c), (v, d) = weights

            def week(h, seen):
                new, old = seen, h @ u + c
                z, r = (jax.nn.sigmoid(new[:, i * UNITS : (i + 1) * UNITS] + old[:, i * UNITS : (i + 1) * UNITS]) for i in (0, 1))
                made = jnp.tanh(new[:, 2 * UNITS :] + r * old[:, 2 * UNITS :])
                return made + z * (h - made), None

            weeks = (x @ w + b).transpose(1, 0, 2)
            return jax.lax.scan(week, jnp.zeros((x.shape[0], UNITS)), weeks)[0] @ v + d

        def loss_of(weights, x, y, key):
            if GRU:
                return optax.sigmoid_binary_cross_entropy(logits_of_weeks(weights, x)[:, 0], y).mean()
            for i, (w, b) in enumerate(weights):
                x = x @ w + b
                if i < 2:
                    key, own = jax.random.split(key)
                    x = jnp.where(jax.random.bernoulli(own, 0.5, x.shape), jnp.maximum(x, 0) * 2, 0)
            return optax.sigmoid_binary_cross_entropy(x[:, 0], y).mean()

        def step(carry, rows):
            weights, state, key = carry
            key, own = jax.random.split(key)
            loss, slopes = jax.value_and_grad(loss_of)(weights, self.x[rows], self.y[rows], own)
            changes, state = self.optimiser.update(slopes, state, weights)
            return (optax.apply_updates(weights, changes), state, key), loss

        @functools.partial(jax.jit, donate_argnums=0)
        def epoch(carry):
            weights, state, key = carry
            key, own = jax.random.split(key)
            steps = ROWS // batch
            order = jax.random.permutation(own, ROWS)[: steps * batch].reshape(steps, batch)
            return jax.lax.scan(step, (weights, state, key), order)

        return epoch

    def epoch(self, batch):
        self.states[batch], losses = self.epochs[batch](self.states[batch])
        losses.block_until_ready()

    def segment(self, batch, seconds):
        if batch not in self.epochs:
            self.epochs[batch], self.states[batch] = self.compiled(batch), self.start()
            self.epoch(batch)
        return by_epochs(lambda: self.epoch(batch), batch, seconds)

    def job(self, epochs):
        epoch, state = self.compiled(32), self.start()
        for _ in range(epochs):
            state, losses = epoch(state)
        losses.block_until_ready()


class ScikitLearn:
    """`partial_fit`'s epochs by `MLPClassifier` with `max_iter`; it has no dropout, so it does less."""

    def __init__(self):
        import sklearn
        from sklearn.neural_network import MLPClassifier

        self.classifier = MLPClassifier
        self.x, self.y = data()
        self.version = f"scikit-learn {sklearn.__version__}"

    def fit(self, batch, epochs):
        import warnings

        warnings.simplefilter("ignore")
        self.classifier((128, 64), batch_size=batch, alpha=0, max_iter=epochs, tol=0, n_iter_no_change=10**9).fit(self.x, self.y)

    def segment(self, batch, seconds):
        return by_epochs(lambda: self.fit(batch, 1), batch, seconds)

    def job(self, epochs):
        self.fit(32, epochs)


def by_epochs(epoch, batch, seconds):
    """Whole epochs until the time is up; milliseconds per step."""
    began, steps = time.perf_counter(), 0
    while True:
        epoch()
        steps += ROWS // batch
        passed = time.perf_counter() - began
        if passed >= seconds:
            return 1000 * passed / steps


def pinned(make):
    def on_one_core():
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        return make()

    return on_one_core


def with_threads(count, make):
    def limited():
        from threadpoolctl import threadpool_limits

        peer = make()
        threadpool_limits(count)
        return peer

    return limited


PEERS = {
    "keras": lambda: Keras(),
    "keras-64": lambda: Keras(64),
    "torch-1": lambda: Torch(1),
    "torch-2": lambda: Torch(2),
    "jax": lambda: Jax(),
    "jax-pinned": pinned(lambda: Jax()),
    "sklearn-1": with_threads(1, lambda: ScikitLearn()),
    "sklearn-2": with_threads(2, lambda: ScikitLearn()),
}


def main():
    peer = PEERS[sys.argv[1]]()
    answer({"ready": peer.version})
    for line in sys.stdin:
        asked = json.loads(line)
        if "job" in asked:
            began = time.perf_counter()
            peer.job(asked["job"])
            answer({"seconds": time.perf_counter() - began})
        else:
            answer({"ms": peer.segment(asked["batch"], asked["seconds"])})


def answer(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


main()
