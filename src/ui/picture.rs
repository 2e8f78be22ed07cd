//! A scene on the screen: made in the background where that takes longer than a frame, cut into
//! triangles once, and shown moved or scaled until the next one is ready.

use std::sync::Arc;

use egui::{
    Context, FontId, Galley, Mesh, Painter, Pos2, Rect, Shape, Vec2,
    epaint::{TessellationOptions, Tessellator},
    pos2,
};
use rustc_hash::FxHashMap;

use super::{paint, theme};
use crate::app::{Task, Waker};
use crate::layout::camera::Camera;
use crate::scene::{Scene, TextRun};

/// How far beyond a scene what is drawn is kept, in points: it may come into sight while the scene
/// is shown moved.
const BEYOND: f32 = 64.0;

/// How a scene is shown that was made for another view: times `scale`, then moved `by`, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// By what positions are multiplied.
    pub scale: f32,
    /// How far they are moved after that.
    pub by: Vec2,
}

impl Shift {
    /// As it was made.
    pub const NONE: Self = Self { scale: 1.0, by: Vec2::ZERO };

    /// From what one camera sees on a pane to what another sees, on a pane of another size perhaps.
    #[must_use]
    pub fn between(old: &Camera, old_size: (f32, f32), new: &Camera, new_size: (f32, f32)) -> Self {
        let [from, to] = [old_size, new_size].map(|(w, h)| [f64::from(w), f64::from(h)]);
        let middle = old.to_plane([from[0] / 2.0, from[1] / 2.0], from);
        let at = new.to_pane(middle, to);
        let scale = new.zoom / old.zoom;
        if !scale.is_finite() || scale <= 0.0 {
            return Self::NONE;
        }
        let by = [0, 1].map(|axis| (at[axis] - scale * from[axis] / 2.0) as f32);
        Self { scale: scale as f32, by: by.into() }
    }

    /// Where a point of the scene is shown.
    #[must_use]
    pub fn place(&self, at: Pos2) -> Pos2 {
        (at.to_vec2() * self.scale + self.by).to_pos2()
    }

    /// Which point of the scene is shown somewhere.
    #[must_use]
    pub fn origin(&self, at: Pos2) -> Pos2 {
        ((at.to_vec2() - self.by) / self.scale).to_pos2()
    }
}

/// Something to be painted, in points from the top left corner of the scene.
enum Ink {
    Mesh(Mesh),
    Text(TextRun),
}

/// What stands in the order of drawing together. What a scene clips belongs to its view and moves
/// with it; all else is furniture and stays.
struct Piece {
    clip: Option<Rect>,
    ink: Ink,
}

impl Piece {
    fn clip_at(&self, origin: Pos2) -> Option<Rect> {
        self.clip.map(|clip| clip.translate(origin.to_vec2()))
    }

    /// What is painted where it stands on the screen.
    fn shape(&self, origin: Pos2, shift: Shift, galleys: &Galleys) -> Shape {
        let shift = if self.clip.is_some() { shift } else { Shift::NONE };
        match &self.ink {
            Ink::Mesh(mesh) => {
                let mut mesh = Mesh::clone(mesh);
                for vertex in &mut mesh.vertices {
                    vertex.pos = shift.place(vertex.pos) + origin.to_vec2();
                }
                Shape::mesh(mesh)
            }
            Ink::Text(run) => {
                let Some(galley) = galleys.of(run) else { return Shape::Noop };
                // Text is as large as ever; its middle goes where the middle of it was.
                let half = Vec2::new(run.width / 2.0, 0.0);
                let middle = shift.place(pos2(run.at.x, run.at.y) + half);
                let up = Vec2::new(0.0, paint::baseline(galley));
                let at = middle - half - up + origin.to_vec2();
                paint::text(at, Arc::clone(galley), run)
            }
        }
    }

    /// Puts it somewhere else: the room of what was painted before is used again.
    fn replace(&self, shape: &mut Shape, origin: Pos2, shift: Shift, galleys: &Galleys) {
        if let (Ink::Mesh(mesh), Shape::Mesh(placed)) = (&self.ink, &mut *shape)
            && let Some(placed) = Arc::get_mut(placed)
        {
            let shift = if self.clip.is_some() { shift } else { Shift::NONE };
            for (to, from) in placed.vertices.iter_mut().zip(&mesh.vertices) {
                to.pos = shift.place(from.pos) + origin.to_vec2();
            }
            return;
        }
        *shape = self.shape(origin, shift, galleys);
    }
}

/// Cuts a scene into triangles.
struct Cutter {
    tessellator: Tessellator,
    clip: Option<Rect>,
    open: Mesh,
    pieces: Vec<Piece>,
}

impl Cutter {
    fn cut(scene: &Scene, pixels_per_point: f32) -> Vec<Piece> {
        // Without the discs of the font's texture, which may move in it.
        let options = TessellationOptions { prerasterized_discs: false, ..Default::default() };
        let mut tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
        let whole = Rect::from_min_size(Pos2::ZERO, Vec2::new(scene.width, scene.height));
        tessellator.set_clip_rect(whole.expand(BEYOND));
        let mut cutter =
            Self { tessellator, clip: None, open: Mesh::default(), pieces: Vec::new() };
        paint::onto(&mut cutter, Vec2::ZERO, &scene.items);
        cutter.close();
        cutter.pieces
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            let mesh = std::mem::take(&mut self.open);
            self.pieces.push(Piece { clip: self.clip, ink: Ink::Mesh(mesh) });
        }
    }
}

impl paint::Surface for Cutter {
    fn shape(&mut self, shape: Shape) {
        self.tessellator.tessellate_shape(shape, &mut self.open);
    }

    fn text(&mut self, _: Vec2, run: &TextRun) {
        self.close();
        self.pieces.push(Piece { clip: self.clip, ink: Ink::Text(run.clone()) });
    }

    fn clipped(&mut self, rect: Rect, inner: impl FnOnce(&mut Self)) {
        self.close();
        let outer = self.clip.replace(self.clip.map_or(rect, |outer| outer.intersect(rect)));
        inner(self);
        self.close();
        self.clip = outer;
    }
}

/// What was drawn.
pub struct Drawing<T> {
    /// The scene.
    pub scene: Scene,
    /// What lies under it and moves with its view, in points from its top left corner.
    pub under: Mesh,
    /// What else was found out.
    pub more: T,
}

/// A picture that is ready.
struct Made<K, T> {
    key: K,
    pixels_per_point: f32,
    scene: Scene,
    more: T,
    pieces: Vec<Piece>,
}

impl<K, T> Made<K, T> {
    fn new(key: K, pixels_per_point: f32, drawing: Drawing<T>) -> Self {
        let Drawing { scene, under, more } = drawing;
        let mut pieces = Cutter::cut(&scene, pixels_per_point);
        if !under.is_empty() {
            let clip = Rect::from_min_size(Pos2::ZERO, Vec2::new(scene.width, scene.height));
            pieces.insert(0, Piece { clip: Some(clip), ink: Ink::Mesh(under) });
        }
        Self { key, pixels_per_point, scene, more, pieces }
    }
}

/// Lines of text as the window has laid them out, for as long as they are shown.
#[derive(Default)]
struct Galleys {
    /// Laid out anew by the window whenever it begins its texture of glyphs anew.
    probe: Option<Arc<Galley>>,
    lines: FxHashMap<(u32, bool), FxHashMap<Box<str>, Arc<Galley>>>,
}

impl Galleys {
    /// Whether those from the last frame still point to their glyphs; forgets them otherwise.
    fn hold(&mut self, ctx: &Context) -> bool {
        let probe = lay_out(ctx, "x", theme::font(crate::scene::Tokens::SMALL));
        let same = self.probe.as_ref().is_some_and(|old| Arc::ptr_eq(old, &probe));
        if !same {
            self.lines.clear();
        }
        self.probe = Some(probe);
        same
    }

    /// Those of these pieces; the ones of other pieces are forgotten.
    fn keep(&mut self, ctx: &Context, pieces: &[Piece]) {
        let mut old = std::mem::take(&mut self.lines);
        for piece in pieces {
            let Ink::Text(run) = &piece.ink else { continue };
            let key = (run.size.to_bits(), run.strong);
            let lines = self.lines.entry(key).or_default();
            if !lines.contains_key(&*run.text) {
                let known = old.get_mut(&key).and_then(|lines| lines.remove(&*run.text));
                let galley = known.unwrap_or_else(|| lay_out(ctx, &run.text, paint::font(run)));
                lines.insert(run.text.as_str().into(), galley);
            }
        }
    }

    fn of(&self, run: &TextRun) -> Option<&Arc<Galley>> {
        self.lines.get(&(run.size.to_bits(), run.strong))?.get(&*run.text)
    }
}

fn lay_out(ctx: &Context, text: &str, font: FontId) -> Arc<Galley> {
    ctx.fonts_mut(|fonts| fonts.layout_delayed_color(text.to_owned(), font, f32::INFINITY))
}

/// The shapes of a picture where it stands.
struct Placed {
    origin: Pos2,
    shift: Shift,
    shapes: Vec<(Option<Rect>, Shape)>,
}

/// A scene on the screen, made from what `K` tells; `T` is what else was found out while it was
/// made.
pub struct Picture<K, T> {
    shown: Option<Made<K, T>>,
    making: Option<Task<Made<K, T>>>,
    /// What no picture could be made of.
    failed: Option<K>,
    galleys: Galleys,
    placed: Option<Placed>,
}

impl<K, T> Default for Picture<K, T> {
    fn default() -> Self {
        Self { shown: None, making: None, failed: None, galleys: Galleys::default(), placed: None }
    }
}

impl<K: Clone + PartialEq + Send + 'static, T: Send + 'static> Picture<K, T> {
    /// Sees to it that the picture of `key` is shown: makes it at once, or begins to make it in the
    /// background where that is `heavy`. One picture is made at a time, and always the latest.
    /// `job` takes with it what the making needs.
    pub fn want<M>(&mut self, ctx: &Context, key: &K, heavy: bool, job: impl FnOnce() -> M)
    where
        M: FnOnce() -> Drawing<T> + Send + 'static,
    {
        let pixels_per_point = ctx.pixels_per_point();
        let is_it =
            |made: &Made<K, T>| made.key == *key && made.pixels_per_point == pixels_per_point;
        if let Some(answer) = self.making.as_ref().and_then(Task::poll) {
            self.making = None;
            match answer {
                // One that was asked for in between, and is no longer.
                Ok(_) if self.shown.as_ref().is_some_and(is_it) => {}
                Ok(made) => self.show(ctx, made),
                Err(_) => self.failed = Some(key.clone()),
            }
        }
        if self.shown.as_ref().is_some_and(is_it) || self.failed.as_ref() == Some(key) {
            return;
        }
        if !heavy {
            self.making = None;
            let made = Made::new(key.clone(), pixels_per_point, job()());
            self.show(ctx, made);
        } else if self.making.is_none() {
            let (make, key) = (job(), key.clone());
            let waker: Waker = {
                let ctx = ctx.clone();
                Arc::new(move || ctx.request_repaint())
            };
            self.making =
                Some(Task::draw(&waker, move || Made::new(key, pixels_per_point, make())));
        }
    }

    fn show(&mut self, ctx: &Context, made: Made<K, T>) {
        self.galleys.keep(ctx, &made.pieces);
        self.placed = None;
        self.shown = Some(made);
    }

    /// Whether the next picture is being made.
    #[must_use]
    pub const fn is_making(&self) -> bool {
        self.making.is_some()
    }

    /// Shows nothing until the next picture is ready.
    pub fn forget(&mut self) {
        self.shown = None;
        self.making = None;
    }

    /// What is shown: from what it was made, the scene, and what else was found out.
    #[must_use]
    pub fn shown(&self) -> Option<(&K, &Scene, &T)> {
        self.shown.as_ref().map(|made| (&made.key, &made.scene, &made.more))
    }

    /// Paints what is shown with the top left corner at `origin`, its view moved by `shift`.
    pub fn paint(&mut self, painter: &Painter, origin: Pos2, shift: Shift) {
        let Some(made) = &self.shown else { return };
        let ctx = painter.ctx();
        if !self.galleys.hold(ctx) {
            self.galleys.keep(ctx, &made.pieces);
            self.placed = None;
        }
        let galleys = &self.galleys;
        let placed = self.placed.get_or_insert_with(|| {
            let mut placed = Placed { origin, shift, shapes: Vec::new() };
            for piece in &made.pieces {
                let shape = piece.shape(origin, shift, galleys);
                placed.shapes.push((piece.clip_at(origin), shape));
            }
            placed
        });
        if (placed.origin, placed.shift) != (origin, shift) {
            (placed.origin, placed.shift) = (origin, shift);
            for (piece, (clip, shape)) in made.pieces.iter().zip(&mut placed.shapes) {
                *clip = piece.clip_at(origin);
                piece.replace(shape, origin, shift, galleys);
            }
        }
        let outer = painter.clip_rect();
        let mut inner = painter.clone();
        for (clip, shape) in &placed.shapes {
            inner.set_clip_rect(clip.map_or(outer, |clip| clip.intersect(outer)));
            inner.add(shape.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Color, Item, Point, Stroke};

    fn drawing(more: u32) -> Drawing<u32> {
        Drawing { scene: scene(Vec::new()), under: Mesh::default(), more }
    }

    fn scene(items: Vec<Item>) -> Scene {
        let background = Color::hex(0xff_ff_ff);
        Scene { width: 100.0, height: 50.0, background, title: String::new(), items }
    }

    #[test]
    fn a_shift_shows_each_point_where_the_new_camera_sees_it() {
        let old = Camera { center: [3.0, -2.0], zoom: 1.5 };
        let new = Camera { center: [-7.0, 4.5], zoom: 0.8 };
        let (small, large) = ((300.0, 200.0), (420.0, 180.0));
        let shift = Shift::between(&old, small, &new, large);
        let pane = |size: (f32, f32)| [f64::from(size.0), f64::from(size.1)];
        for at in [[0.0, 0.0], [100.0, -40.0], [-12.5, 7.0]] {
            let [x, y] = old.to_pane(at, pane(small));
            let shown = shift.place(pos2(x as f32, y as f32));
            let [x, y] = new.to_pane(at, pane(large));
            assert!(shown.distance(pos2(x as f32, y as f32)) < 1e-3, "{shown:?} {x} {y}");
            let back = shift.origin(shown);
            let [x, y] = old.to_pane(at, pane(small));
            assert!(back.distance(pos2(x as f32, y as f32)) < 1e-3);
        }
    }

    #[test]
    fn a_scene_is_cut_in_the_order_of_drawing_and_only_its_view_moves() {
        let line = |y: f32| Item::Path {
            segments: Arc::new([
                crate::scene::PathSegment::Move(Point::new(1.0, y)),
                crate::scene::PathSegment::Line(Point::new(90.0, y)),
            ]),
            fill: None,
            stroke: Some(Stroke::solid(Color::hex(0x11_22_33), 1.0)),
        };
        let clip = crate::scene::Rect::new(0.0, 0.0, 100.0, 40.0);
        let inner = Item::Clip { rect: clip, items: vec![line(10.0), line(20.0)] };
        let pieces = Cutter::cut(&scene(vec![inner, line(45.0)]), 1.0);
        assert_eq!(pieces.len(), 2);
        let shift = Shift { scale: 2.0, by: Vec2::new(5.0, 0.0) };
        let tops: Vec<(f32, f32)> = pieces
            .iter()
            .map(|piece| {
                let galleys = Galleys::default();
                let mut shape = piece.shape(Pos2::ZERO, Shift::NONE, &galleys);
                piece.replace(&mut shape, pos2(0.0, 100.0), shift, &galleys);
                let bounds = shape.visual_bounding_rect();
                assert_eq!(
                    bounds,
                    piece.shape(pos2(0.0, 100.0), shift, &galleys).visual_bounding_rect()
                );
                (bounds.top().round(), bounds.left().round())
            })
            .collect();
        // Feathers reach half a pixel beyond a line of one point.
        assert!((tops[0].0 - 118.0).abs() <= 1.0 && (tops[0].1 - 7.0).abs() <= 2.0, "{tops:?}");
        assert!((tops[1].0 - 144.0).abs() <= 1.0 && (tops[1].1 - 1.0).abs() <= 1.0, "{tops:?}");
    }

    #[test]
    fn a_heavy_picture_is_shown_when_it_is_ready_and_the_old_one_until_then() {
        let ctx = Context::default();
        let mut picture: Picture<u32, u32> = Picture::default();
        let mut frame = |run: &mut dyn FnMut(&Context, &mut Picture<u32, u32>)| {
            let mut out = ctx.run_ui(egui::RawInput::default(), |ui| run(ui.ctx(), &mut picture));
            out.textures_delta.clear();
        };
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let mut wait = Some(wait);
        frame(&mut |ctx, picture| {
            picture.want(ctx, &1, false, || || drawing(10));
            assert_eq!(picture.shown().map(|it| *it.2), Some(10));
            let wait = wait.take().unwrap();
            picture.want(ctx, &2, true, move || {
                move || {
                    wait.recv().unwrap();
                    drawing(20)
                }
            });
            assert_eq!(picture.shown().map(|it| *it.2), Some(10));
        });
        go.send(()).unwrap();
        let mut ready = false;
        while !ready {
            frame(&mut |ctx, picture| {
                picture.want(ctx, &2, true, || || -> Drawing<u32> { unreachable!() });
                ready = picture.shown().map(|it| *it.2) == Some(20);
            });
            std::thread::yield_now();
        }
    }
}
